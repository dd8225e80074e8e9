using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>Isotonic regression: x minimising ½Σ w_i(x_i − y_i)² over x₁ ≤ x₂ ≤ … ≤ x_n.</summary>
/// <remarks>
/// <para>Parameters y (n, at least 1) and w (n, positive). Result x, and a state a neighbouring pair: 0 where x_i ≤ x_{i+1} is active, 2 weakly, 1 not.
/// On a block B of equal values dx_B = Σ_B (w_i dy_i + (y_i − x_B)dw_i)/Σ_B w_i.</para>
/// <para>Kinks where neighbouring blocks have one value, or a block would part without a change: where a multiplier, the sum of w(y − x) from the block's start,
/// is 0.</para>
/// <para>Counts: each element enters and leaves the stack once. Source: Ayer et al. (1955), pool adjacent violators.</para>
/// </remarks>
public sealed record Isotonic : ExactMap
{
    /// <inheritdoc/>
    public override string Name => "isotonic_regression";

    /// <inheritdoc/>
    public override string Border => "where two neighbouring blocks have one value";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [new("y", 1), new("w", 1)];

    /// <inheritdoc/>
    public override SolutionShapes Shapes(IReadOnlyList<Shape> parameters) => parameters[0].Elements == 0
        ? throw new ShapeException("y has no element: give at least one")
        : parameters[1].Equals(parameters[0])
        ? new([parameters[0]], new Shape(parameters[0].Elements - 1))
        : throw new ShapeException($"y has {parameters[0].Elements} elements and w {parameters[1].Elements}: give as many");

    /// <inheritdoc/>
    public override Solution Solve(Problem problem)
    {
        var (y, w) = (problem.Values[0], problem.Values[1]);
        int bad = Array.FindIndex(w, v => v <= 0);
        if (bad >= 0)
        {
            throw new OutOfRangeException(FormattableString.Invariant($"w is {w[bad]} at element {bad}: give positive weights"), w[bad]);
        }

        double[] x = Pooled(y, w);
        double[] gaps = Gaps(x);
        double[] multipliers = Multipliers(y, w, x);
        double tolerance = Closeness.Of(y);
        return new Solution(
            [x],
            [.. gaps.Select((g, i) => Math.Max(g, Math.Abs(multipliers[i])) <= tolerance ? 2L : g > multipliers[i] ? 1 : 0)])
        {
            Residual = multipliers.Select(m => Math.Max(0, -m)).DefaultIfEmpty(0).Max(),
        };
    }

    /// <inheritdoc/>
    public override SolutionDerivative Differentiate(Problem problem, Solution solution, ActivityRule weak) => new IsotonicDerivative(problem, solution, weak);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Variable> Equations(SolutionPiece piece)
    {
        var (y, w, x) = (piece.Parameters[0], piece.Parameters[1], piece.Values[0]);
        return [BlockDerivative.Equations(x, (w * (x - y)).CumulativeSum(), Functions.Not(piece.Is(piece.State, 1, ActivityRule.Inactive)))];
    }

    /// <inheritdoc/>
    public override OperationCount SolveCount(IReadOnlyList<Shape> parameters) => DenseCount.MultiplyAdds(3L * parameters[0].Elements)
        + OperationCount.Of(ScalarOperation.Divide, parameters[0].Elements) + VectorCount.Compares(2L * parameters[0].Elements);

    /// <inheritdoc/>
    public override OperationCount DerivativeCount(IReadOnlyList<Shape> parameters) =>
        DenseCount.MultiplyAdds(3L * parameters[0].Elements) + OperationCount.Of(ScalarOperation.Divide, parameters[0].Elements);

    private static double[] Pooled(double[] y, double[] w)
    {
        var blocks = new Stack<(double Mean, double Weight, int Count)>();
        for (int i = 0; i < y.Length; i++)
        {
            var (mean, weight, count) = (y[i], w[i], 1);
            while (blocks.Count > 0 && blocks.Peek().Mean >= mean)
            {
                var left = blocks.Pop();
                (mean, weight, count) = (
                    ((left.Mean * left.Weight) + (mean * weight)) / (left.Weight + weight), left.Weight + weight, left.Count + count);
            }

            blocks.Push((mean, weight, count));
        }

        return [.. blocks.Reverse().SelectMany(b => Enumerable.Repeat(b.Mean, b.Count))];
    }

    private static double[] Gaps(double[] x) => [.. x.Skip(1).Zip(x, (next, at) => next - at)];

    // Of the mean weight's scale; 0 across a gap.
    private static double[] Multipliers(double[] y, double[] w, double[] x)
    {
        double sum = 0;
        double scale = w.Average();
        double[] multipliers = new double[x.Length - 1];
        for (int i = 0; i < multipliers.Length; i++)
        {
            sum = i > 0 && x[i] != x[i - 1] ? 0 : sum;
            sum += w[i] * (y[i] - x[i]);
            multipliers[i] = x[i + 1] == x[i] ? sum / scale : 0;
        }

        return multipliers;
    }

    private sealed class IsotonicDerivative(Problem problem, Solution solution, ActivityRule weak)
        : BlockDerivative(problem.Values[1], solution.State, weak == ActivityRule.Inactive)
    {
        public override IReadOnlyList<Margin> Margins
        {
            get
            {
                double[] exact = Pooled(problem.Values[0], problem.Values[1]);
                double[] gaps = Gaps(exact);
                return [.. Multipliers(problem.Values[0], problem.Values[1], exact).Select((m, i) => new Margin(
                    i, Math.Max(gaps[i], Math.Abs(m)), solution.State[i] != 1, solution.State[i] == 2))];
            }
        }

        protected override double[] Forces(IReadOnlyList<double[]> tangents) =>
            [.. tangents[0].Select((d, i) => (problem.Values[1][i] * d) + (Rest(i) * tangents[1][i]))];

        protected override IReadOnlyList<double[]> Pulled(double[] forces) =>
            [[.. forces.Zip(problem.Values[1], (f, w) => f * w)], [.. forces.Select((f, i) => f * Rest(i))]];

        private double Rest(int i) => problem.Values[0][i] - solution.Values[0][i];
    }
}

public static partial class Solve
{
    /// <summary>Isotonic regression of y with weights, over the last axis.</summary>
    public static Variable Isotonic(Variable y, Variable weights) => y.Builder.ApplyAll(new Isotonic(), y, weights)[0];

    /// <summary>Isotonic regression of y, over the last axis.</summary>
    public static Variable Isotonic(Variable y) => Isotonic(y, y.Builder.Apply(new Dictionary.Fill(new Shape(y.Shape[^1]), 1)));
}
