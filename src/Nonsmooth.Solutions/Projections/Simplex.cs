using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>The projection on a simplex: x minimising ½‖x − z‖² over x ≥ 0, Σx = s. Sparsemax at s = 1.</summary>
/// <remarks>
/// <para>Parameters z (n, at least 1) and s (no axes, not negative). Result x_i = max(0, z_i − τ), and a state a coordinate: 1 where x_i ≥ 0 is active,
/// 2 weakly, 0 not. On the support S dx = dz − mean_S(dz) + ds/|S|, elsewhere 0.</para>
/// <para>Kinks where z_i = τ. At s = 0 the set is a point: with weakly active coordinates taken as active nothing moves, and the derivative is refused.</para>
/// <para>Counts: a sort and two passes. Source: Held, Wolfe, Crowder (1974); Martins and Astudillo (2016) for sparsemax.</para>
/// </remarks>
public sealed record Simplex : ExactMap
{
    /// <inheritdoc/>
    public override string Name => "simplex_projection";

    /// <inheritdoc/>
    public override string Border => "where a coordinate equals the threshold";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [new("z", 1) { MayBeInfinite = true }, new("s", 0)];

    /// <inheritdoc/>
    public override SolutionShapes Shapes(IReadOnlyList<Shape> parameters) => parameters[0].Elements > 0
        ? new([parameters[0]], parameters[0])
        : throw new ShapeException("z has no element: give at least one");

    /// <inheritdoc/>
    public override Solution Solve(Problem problem)
    {
        CheckSize(problem, 1);
        Threshold.CheckMask(problem.Values[0]);
        var (z, s) = (problem.Values[0], problem.Number(1));
        double[] excess = Threshold.Excess(z, s);
        return new Solution([Array.ConvertAll(excess, e => Math.Max(0, e))], Threshold.States(excess, Threshold.Tolerance(z, s)))
        {
            Residual = Math.Abs(excess.Sum(e => Math.Max(0, e)) - s),
        };
    }

    /// <inheritdoc/>
    public override SolutionDerivative Differentiate(Problem problem, Solution solution, ActivityRule weak)
    {
        double[] ones = Array.ConvertAll(problem.Values[0], _ => 1.0);
        bool[] chosen = Array.ConvertAll(solution.State, s => s == 0 || (s == 2 && weak == ActivityRule.Inactive));
        return new ThresholdDerivative(
            ones, ones, new double[ones.Length], 1, solution.State, chosen, Threshold.Margins(Threshold.Excess(problem.Values[0], problem.Number(1)), solution.State));
    }

    internal override EnclosedGradient Enclose(Problem problem, Solution near, IReadOnlyList<double[]> cotangents) =>
        Array.Exists(problem.Values[0], double.IsInfinity) ? EnclosedGradient.No("a number is −∞") : ProjectionProof.Simplex(problem, near, cotangents);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Variable> Equations(SolutionPiece piece)
    {
        var chosen = piece.Is(piece.State, 0, ActivityRule.Inactive);
        return [Threshold.Equations(chosen, piece.Values[0] - Functions.Where(chosen, piece.Parameters[0], 0), piece.Values[0], piece.Parameters[1])];
    }

    /// <inheritdoc/>
    public override OperationCount SolveCount(IReadOnlyList<Shape> parameters) => VectorCount.Sort(parameters[0].Elements)
        + OperationCount.Of(ScalarOperation.Add, 2L * parameters[0].Elements) + OperationCount.Of(ScalarOperation.Maximum, parameters[0].Elements);

    /// <inheritdoc/>
    public override OperationCount DerivativeCount(IReadOnlyList<Shape> parameters) =>
        OperationCount.Of(ScalarOperation.Add, 2L * parameters[0].Elements) + OperationCount.Of(ScalarOperation.Divide, 1);
}

public static partial class Solve
{
    /// <summary>The projection of z on {x ≥ 0, Σx = total}.</summary>
    public static Variable Simplex(Variable z, Variable total) => z.Builder.ApplyAll(new Simplex(), z, total)[0];

    /// <summary>Sparsemax: the projection of z on the probability simplex, over the last axis.</summary>
    public static Variable Sparsemax(Variable z) => Simplex(z, z.Builder.Apply(new Dictionary.Fill(Shape.Scalar, 1)));
}
