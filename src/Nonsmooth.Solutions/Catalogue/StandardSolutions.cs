using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
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
        new(new FixedPoint(Equilibrium.Step(4, Functions.Tanh)), r => Layer(r, 4)),
        new(new FixedPoint(Equilibrium.Step(5, Functions.Relu)) { Strategy = new Krylov() }, r => Layer(r, 5)),
        new(new FixedPoint(Equilibrium.Step(3, Functions.Tanh)) { Strategy = new Neumann(80) }, r => Layer(r, 3)),
        new(new FixedPoint(Equilibrium.Step(3, Functions.Relu)) { Strategy = new Unrolled(80) }, r => Layer(r, 3)),
        new(new Implicit(Cubic(4)), r => [Definite(r, "M", 4, 0.5), Normal(r, "b", 4)]),
        new(new Implicit(Cubic(4)) { Strategy = new Krylov() }, r => [Definite(r, "M", 4, 0.5), Normal(r, "b", 4)]),
        new(new Simplex(), r => Samples.Sized(r, 8, 0.5, 2)),
        new(new Entmax(), r => Samples.Scores(r, 7, 1.5, 1.5)),
        new(new Entmax(), r => Samples.Scores(r, 7, 1.1, 1.95)),
        new(new L1Ball(), r => Samples.Sized(r, 8, 0.5, 3)),
        new(new L1Ball(), r => Samples.Sized(r, 4, 3, 6)),
        new(new L2Ball(), r => Samples.Sized(r, 5, 0.5, 3)),
        new(new Box(), r => Samples.Bounded(r, 8)),
        new(new SecondOrderCone(), r => Samples.Cone(r, 4)),
        new(new SemidefiniteCone { Asymmetry = 1e-3 }, r => Samples.Symmetric(r, 5)),
        new(new Isotonic(), r => Samples.Rising(r, 12)),
        new(new TotalVariation(), r => Samples.Signal(r, 15)),
        new(new NonNegativeLeastSquares(), r => Samples.Design(r, 12, 6)),
        new(new BoxLeastSquares(), r => Samples.BoxDesign(r, 12, 6)),
        new(new SupportVectors(), r => Samples.Classes(r, 12, 3)),
        new(new LogisticLasso(), r => Samples.Labelled(r, 20, 5)),
        new(new SparseGroupLasso([0, 0, 0, 1, 1, 2, 2, 2]), r => Samples.Groups(r, 14, 8)),
        new(new EntropicTransport { Mismatch = 1e-2 }, r => Samples.Masses(r, 4, 5)),
        new(Bracketing.Between(Samples.Kepler(), -10, 10), r => [Uniform(r, "e", 0, 0.7), Uniform(r, "m", -3, 3)]),
        new(new SparseQuadraticProgram(SparsePattern.Upper(4), SparsePattern.Full(7, 4)), r => Ranged(r, 4, 7)),
        .. MatrixRows.Rows,
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

    private static IReadOnlyList<Tensor<double>> Layer(CounterRandom random, int size) =>
        [Uniform(random, "W", -0.6 / size, 0.6 / size, size, size), Normal(random, "b", size)];

    // F(M, b, x) = Mx + x³ − b: one root for a definite M.
    private static Program Cubic(int size) => Program.Trace(
        (m, b, x) => Functions.MatMul(m, x.Reshape(new Shape(size, 1))).Reshape(new Shape(size)) + (x * x * x) - b,
        new Shape(size, size), new Shape(size), new Shape(size));

    // The same over ranges, of which some are open.
    private static IReadOnlyList<Tensor<double>> Ranged(CounterRandom random, int unknowns, int rows)
    {
        var dense = Quadratic(random, unknowns, rows, 0);
        double[] q = dense[0].Elements;
        double[] g = dense[2].Elements;
        return
        [
            Tensor.Of(new Shape(unknowns * (unknowns + 1) / 2), SparsePattern.Upper(unknowns).Places.Select(p => q[(p.Row * unknowns) + p.Column]).ToArray()),
            dense[1],
            Tensor.Of(new Shape(rows * unknowns), SparsePattern.Full(rows, unknowns).Places.Select(p => g[(p.Row * unknowns) + p.Column]).ToArray()),
            Tensor.Generate(new Shape(rows), i => i % 2 == 0 ? double.NegativeInfinity : dense[3].Elements[i] - 1.5),
            dense[3],
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
