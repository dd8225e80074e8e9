using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>The projection on a box: x_i = min(high_i, max(low_i, z_i)).</summary>
/// <remarks>
/// <para>Parameters z, low, high (n each), low ≤ high. Result x, and a state a coordinate: 0 free, −1 at low, 1 at high, −2 and 2 weakly. dx is dz, dlow or dhigh.</para>
/// <para>Kinks where z_i equals a bound. Counts: two comparisons a coordinate.</para>
/// </remarks>
public sealed record Box : ExactMap
{
    /// <inheritdoc/>
    public override string Name => "box_projection";

    /// <inheritdoc/>
    public override string Border => "where a coordinate equals a bound";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [new("z", 1), new("low", 1) { MayBeInfinite = true }, new("high", 1) { MayBeInfinite = true }];

    /// <inheritdoc/>
    public override SolutionShapes Shapes(IReadOnlyList<Shape> parameters)
    {
        Bounds.CheckShapes(parameters[0][0], parameters[1], parameters[2]);
        return new([parameters[0]], parameters[0]);
    }

    /// <inheritdoc/>
    public override Solution Solve(Problem problem)
    {
        var (z, low, high) = (problem.Values[0], problem.Values[1], problem.Values[2]);
        Bounds.Check(low, high);
        return new Solution(
            [[.. z.Select((x, i) => Math.Min(high[i], Math.Max(low[i], x)))]],
            [.. z.Select((x, i) => IsAt(x, low[i]) ? -2L : IsAt(x, high[i]) ? 2 : x < low[i] ? -1 : x > high[i] ? 1 : 0)])
        {
            Residual = 0,
        };
    }

    /// <inheritdoc/>
    public override SolutionDerivative Differentiate(Problem problem, Solution solution, ActivityRule weak) => new BoxDerivative(problem, solution, weak);

    internal override EnclosedGradient Enclose(Problem problem, Solution near, IReadOnlyList<double[]> cotangents) =>
        problem.Values.Skip(1).Any(bounds => Array.Exists(bounds, double.IsInfinity)) ? EnclosedGradient.No("a bound is infinite") : ProjectionProof.Box(problem, cotangents);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Variable> Equations(SolutionPiece piece)
    {
        var bounds = Functions.Where(Functions.Less(piece.State, 0), piece.Parameters[1], piece.Parameters[2]);
        return [piece.Values[0] - Functions.Where(piece.Is(piece.State, 0, ActivityRule.Inactive), piece.Parameters[0], bounds)];
    }

    /// <inheritdoc/>
    public override OperationCount SolveCount(IReadOnlyList<Shape> parameters) => OperationCount.Of(ScalarOperation.Maximum, 2L * parameters[0].Elements);

    /// <inheritdoc/>
    public override OperationCount DerivativeCount(IReadOnlyList<Shape> parameters) => VectorCount.Compares(parameters[0].Elements);

    // Each bound on its own: a large one that stands for none does not blur the other.
    private static bool IsAt(double x, double bound) => double.IsFinite(bound) && Math.Abs(x - bound) <= Weak * Math.Max(Math.Abs(x), Math.Abs(bound));

    private sealed class BoxDerivative : ClosedFormDerivative
    {
        private readonly Problem _problem;
        private readonly long[] _state;
        private readonly int[] _from;

        public BoxDerivative(Problem problem, Solution solution, ActivityRule weak)
        {
            (_problem, _state) = (problem, solution.State);
            _from = Array.ConvertAll(_state, s => s == 0 || (Math.Abs(s) == 2 && weak == ActivityRule.Inactive) ? 0 : s < 0 ? 1 : 2);
            var (z, low, high) = (problem.Values[0], problem.Values[1], problem.Values[2]);
            Margins = [.. z.Select((x, i) => new Margin(
                i, Math.Min(Math.Abs(x - low[i]), Math.Abs(x - high[i])), _state[i] != 0, Math.Abs(_state[i]) == 2))];
        }

        public override IReadOnlyList<Margin> Margins { get; }

        public override IReadOnlyList<double[]> Tangent(IReadOnlyList<double[]> tangents) => [[.. _from.Select((p, i) => tangents[p][i])]];

        public override IReadOnlyList<double[]> Cotangent(IReadOnlyList<double[]> cotangents) =>
            [.. Enumerable.Range(0, 3).Select(p => cotangents[0].Select((c, i) => _from[i] == p ? c : 0).ToArray())];

        public override IReadOnlyList<double[]> Directional(IReadOnlyList<double[]> direction)
        {
            double[] moved = Tangent(direction)[0];
            foreach (var weak in Margins.Where(m => m.IsWeak))
            {
                int i = weak.Constraint;
                var (z, low, high) = (_problem.Values[0][i], _problem.Values[1][i], _problem.Values[2][i]);
                double least = IsAt(z, low) ? direction[1][i] : double.NegativeInfinity;
                double most = IsAt(z, high) ? direction[2][i] : double.PositiveInfinity;
                moved[i] = Math.Min(most, Math.Max(least, direction[0][i]));
            }

            return [moved];
        }
    }
}

public static partial class Solve
{
    /// <summary>The projection of z on {low ≤ x ≤ high}.</summary>
    public static Variable Box(Variable z, Variable low, Variable high) => z.Builder.ApplyAll(new Box(), z, low, high)[0];
}
