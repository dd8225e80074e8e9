using Nonsmooth.Randomness;
using Nonsmooth.Tensors;
using static Nonsmooth.Solutions.Drawn;

namespace Nonsmooth.Solutions;

/// <summary>The solution maps that come with the library: one row each.</summary>
public static class StandardSolutions
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<SolutionRow> Rows { get; } =
    [
        new(new ElasticNet(), r => Regression(r, 12, 6, 0.1)),
        new(new ElasticNet(), r => Regression(r, 8, 12, 0.3)),
        new(new QuadraticProgram(), r => Quadratic(r, 5, 6, 2)),
        new(new QuadraticProgram(), r => Quadratic(r, 4, 6, 0)),
        new(new QuadraticProgram(), r => Quadratic(r, 4, 0, 1)),
    ];

    private static IReadOnlyList<Tensor<double>> Regression(CounterRandom random, int rows, int columns, double ridge)
    {
        var x = Normal(random, "X", rows, columns);
        var noise = Normal(random, "noise", rows);
        double[] fitted = Times(x, [.. Enumerable.Range(0, columns).Select(j => j % 3 == 0 ? 2.0 : 0)]);
        return
        [
            x, Tensor.Generate(new Shape(rows), i => fitted[i] + noise[i]),
            Uniform(random, "lambda", 0.5, 3), Tensor.Of(Shape.Scalar, new[] { ridge }),
        ];
    }

    // Feasible by a point drawn first: slacks there are positive.
    private static IReadOnlyList<Tensor<double>> Quadratic(CounterRandom random, int unknowns, int inequalities, int equalities)
    {
        var inside = Normal(random, "inside", unknowns).Elements;
        var g = Normal(random, "G", inequalities, unknowns);
        var a = Normal(random, "A", equalities, unknowns);
        double[] low = Times(g, inside);
        var slack = Uniform(random, "slack", 0.1, 1, inequalities);
        return
        [
            Definite(random, "Q", unknowns, 0.5), Normal(random, "q", unknowns),
            g, Tensor.Generate(new Shape(inequalities), i => low[i] + slack[i]),
            a, Tensor.Of(new Shape(equalities), Times(a, inside)),
        ];
    }
}
