using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>The sparse group lasso: β minimising ½‖y − Xβ‖² + λ₁‖β‖₁ + λ₂Σ_g √|g|·‖β_g‖₂.</summary>
/// <remarks>
/// <para>Parameters X (n × p), y (n), λ₁ (no axes, not negative) and λ₂ (no axes, positive; at 0 it is the lasso). Result β (p), and a state: of each coefficient its
/// sign, or twice the sign of its correlation where it is 0 in a group that is not and the correlation is ±λ₁ (weakly), else 0; then of each group 1 where it
/// is not 0, 2 where it is 0 and ‖soft(X_gᵀ(y − Xβ), λ₁)‖ = λ₂√|g| (weakly), else 0.</para>
/// <para>The derivative solves with X_EᵀX_E + λ₂√|g|(1 − uuᵀ)/‖β_g‖, u = β_g/‖β_g‖, on the nonzero coefficients E. A group that leaves 0 does so along its
/// soft-thresholded correlation: one unknown. The curvature of the norm is why groups have a derivative that changes with distance from 0.</para>
/// <para>Counts: <see cref="NominalIterations"/> proximal steps and one dense solve of size p. Source: Simon, Friedman, Hastie, Tibshirani (2013); Vaiter et al. (2017) for the
/// derivative.</para>
/// </remarks>
/// <param name="Groups">The number of each coefficient's group: 0, 1, … without gaps.</param>
public sealed record SparseGroupLasso(IntVector Groups) : SolutionMap
{
    /// <summary>How many proximal steps <see cref="SolutionMap.SolveCount"/> assumes.</summary>
    public const int NominalIterations = 200;

    /// <summary>The residual at which the solver stops, relative to the largest |X_jᵀy|. Default 1e-12.</summary>
    public double Tolerance { get; init; } = 1e-12;

    /// <inheritdoc/>
    public override string Name => "sparse_group_lasso";

    /// <inheritdoc/>
    public override string Attributes => $"groups {string.Join(' ', Groups)}";

    /// <inheritdoc/>
    public override string Border => "where a coefficient is 0 and its correlation ±lambda1, or a group 0 and its correlation's norm lambda2·√size";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [new("X", 2), new("y", 1), new("lambda1", 0), new("lambda2", 0)];

    /// <inheritdoc/>
    public override SolutionShapes Shapes(IReadOnlyList<Shape> parameters)
    {
        var (x, y) = (parameters[0], parameters[1]);
        if (x[0] != y[0] || x[1] != Groups.Count)
        {
            throw new ShapeException($"X is {x}, y has {y[0]} elements and there are {Groups.Count} groups' numbers: give a row an element and a column a number");
        }

        int count = Groups.DefaultIfEmpty(-1).Max() + 1;
        return Groups.Distinct().Count() == count && Groups.All(g => g >= 0)
            ? new([new Shape(x[1])], new Shape(x[1] + count))
            : throw new ShapeException($"groups are numbered {string.Join(' ', Groups)}: use 0 to the number of groups less 1, each at least once");
    }

    /// <inheritdoc/>
    public override Solution Solve(Problem problem)
    {
        if (problem.Number(2) < 0)
        {
            throw new NotConvexException(FormattableString.Invariant($"lambda1 is {problem.Number(2)}: a negative penalty is not convex, give at least 0"), problem.Number(2));
        }

        if (problem.Number(3) <= 0)
        {
            throw new OutOfRangeException(FormattableString.Invariant($"lambda2 is {problem.Number(3)}: give a positive number, or use the lasso"), problem.Number(3));
        }

        return new GroupLassoSolver(problem, Groups).Solve(Tolerance);
    }

    /// <inheritdoc/>
    public override SolutionDerivative Differentiate(Problem problem, Solution solution, ActivityRule weak) =>
        new GroupLassoDerivative(problem, Groups, solution, weak);

    /// <inheritdoc/>
    public override Refinement Refine(Problem problem, Solution solution)
    {
        var solver = new GroupLassoSolver(problem, Groups);
        return solver.Newton(solution) is { } next && next.State.SequenceEqual(solution.State)
            ? new(next, false, "two Newton steps")
            : new(null, false, "a Newton step leaves the piece");
    }

    internal override bool IsConcurrent => true;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Variable>? Equations(SolutionPiece piece)
    {
        // A group that is taken as leaving 0 moves along a ray: no equation in β alone.
        if (piece.Weak == ActivityRule.Active)
        {
            return null;
        }

        var (x, beta) = (piece.Parameters[0], piece.Values[0]);
        int p = Groups.Count;
        int count = piece.State.Shape[0] - p;
        var groups = piece.Builder.Constant(Tensor.Generate(new Shape(p, count), e => Groups[e / count] == e % count ? 1.0 : 0));
        var nonzero = Functions.NotEqual(beta, 0);
        var squares = SolutionPiece.Times(groups, SolutionPiece.Times(groups, Functions.Square(beta), true));
        var sizes = piece.Builder.Constant(Tensor.Generate(new Shape(p), j => Math.Sqrt(Groups.Count(g => g == Groups[j]))));
        var lengths = Functions.Sqrt(Functions.Where(nonzero, squares, 1));
        var pull = SolutionPiece.Times(x, SolutionPiece.Times(x, beta) - piece.Parameters[1], true);
        return
        [
            Functions.Where(nonzero, pull + (piece.Parameters[2] * Functions.Sign(beta)) + (piece.Parameters[3] * sizes * (beta / lengths)), beta),
        ];
    }

    /// <inheritdoc/>
    public override OperationCount SolveCount(IReadOnlyList<Shape> parameters)
    {
        var (n, p) = ((long)parameters[0][0], (long)parameters[0][1]);
        return DenseCount.MultiplyAdds((n * p * (p + 1)) + (NominalIterations * ((p * p) + (4 * p)))) + DenseCount.Factor(p) + DenseCount.Refined(p);
    }

    /// <inheritdoc/>
    public override OperationCount DerivativeCount(IReadOnlyList<Shape> parameters)
    {
        var (n, p) = ((long)parameters[0][0], (long)parameters[0][1]);
        return DenseCount.MultiplyAdds((n * p * p) + (p * p) + (4 * n * p)) + DenseCount.Factor(p) + DenseCount.Refined(p);
    }
}

public static partial class Solve
{
    /// <summary>β minimising ½‖y − Xβ‖² + lambda1·‖β‖₁ + lambda2·Σ √|g|·‖β_g‖₂ over groups.</summary>
    public static Variable SparseGroupLasso(IntVector groups, Variable x, Variable y, Variable lambda1, Variable lambda2) =>
        x.Builder.ApplyAll(new SparseGroupLasso(groups), x, y, lambda1, lambda2)[0];
}
