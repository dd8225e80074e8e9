using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>The projection on an ℓ1 ball: x minimising ½‖x − z‖² over ‖x‖₁ ≤ r.</summary>
/// <remarks>
/// <para>Parameters z (n, at least 1) and r (no axes, not negative). Result x_i = sign(z_i)·max(0, |z_i| − τ), τ ≥ 0, and a state: of each coordinate 1 where x_i is held at 0,
/// 2 weakly, 0 not; last of the ball, 1 active, 2 weakly, 0 not. Outside, on the support, it is the simplex's derivative of |z|; inside it is dz.</para>
/// <para>Kinks where |z_i| = τ, and where ‖z‖₁ = r.</para>
/// <para>Counts: a sort and four passes. Source: Duchi, Shalev-Shwartz, Singer, Chandra (2008).</para>
/// </remarks>
public sealed record L1Ball : ExactMap
{
    /// <inheritdoc/>
    public override string Name => "l1_ball_projection";

    /// <inheritdoc/>
    public override string Border => "where an absolute value equals the threshold, and on the sphere";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [new("z", 1), new("r", 0)];

    /// <inheritdoc/>
    public override SolutionShapes Shapes(IReadOnlyList<Shape> parameters) => parameters[0].Elements > 0
        ? new([parameters[0]], new Shape(parameters[0].Elements + 1))
        : throw new ShapeException("z has no element: give at least one");

    /// <inheritdoc/>
    public override Solution Solve(Problem problem)
    {
        CheckSize(problem, 1);
        var (z, r) = (problem.Values[0], problem.Number(1));
        double length = z.Sum(Math.Abs);
        double tolerance = ExactMap.Weak * (length + r);
        long ball = Math.Abs(length - r) <= tolerance ? 2 : length > r ? 1 : 0;
        double[] excess = Excess(problem);

        // On the sphere the threshold is 0 to the sphere's tolerance; outside it is as a simplex's.
        long[] state = ball == 0 ? new long[z.Length]
            : Threshold.States(excess, ball == 2 ? tolerance : Threshold.Tolerance(Array.ConvertAll(z, Math.Abs), r));
        return new Solution(
            [length <= r ? [.. z] : [.. excess.Select((e, i) => Math.CopySign(Math.Max(0, e), z[i]))]], [.. state, ball])
        {
            Residual = Math.Max(0, Math.Min(length, excess.Sum(e => Math.Max(0, e))) - r),
        };
    }

    /// <inheritdoc/>
    public override SolutionDerivative Differentiate(Problem problem, Solution solution, ActivityRule weak) =>
        new L1BallDerivative(problem, solution, Excess(problem), weak);

    internal override EnclosedGradient Enclose(Problem problem, Solution near, IReadOnlyList<double[]> cotangents) =>
        ProjectionProof.L1Ball(problem, near, cotangents);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Variable> Equations(SolutionPiece piece)
    {
        int n = piece.Values[0].Shape[0];
        var (z, x, ball) = (piece.Parameters[0], piece.Values[0], piece.State.Slice(0, n, n + 1));
        var chosen = piece.Is(piece.State.Slice(0, 0, n), 0, ActivityRule.Inactive);
        var signs = Functions.Sign(z);
        var outside = Threshold.Equations(chosen, signs * (x - z), signs * x, piece.Parameters[1]);
        return [Functions.Where(piece.Is(ball, 1, ActivityRule.Active), outside, x - z)];
    }

    /// <inheritdoc/>
    public override OperationCount SolveCount(IReadOnlyList<Shape> parameters) => VectorCount.Sort(parameters[0].Elements)
        + OperationCount.Of(ScalarOperation.Add, 3L * parameters[0].Elements) + OperationCount.Of(ScalarOperation.Maximum, 2L * parameters[0].Elements);

    /// <inheritdoc/>
    public override OperationCount DerivativeCount(IReadOnlyList<Shape> parameters) =>
        DenseCount.MultiplyAdds(2L * parameters[0].Elements) + OperationCount.Of(ScalarOperation.Divide, 1);

    private static double[] Excess(Problem problem)
    {
        double[] sizes = Array.ConvertAll(problem.Values[0], Math.Abs);
        double r = problem.Number(1);
        return sizes.Sum() <= r ? sizes : [.. Threshold.Excess(sizes, r).Zip(sizes, Math.Min)];
    }
}

public static partial class Solve
{
    /// <summary>The projection of z on {‖x‖₁ ≤ radius}.</summary>
    public static Variable L1Ball(Variable z, Variable radius) => z.Builder.ApplyAll(new L1Ball(), z, radius)[0];
}
