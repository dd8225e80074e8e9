using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>The logistic lasso: β minimising Σ log(1 + exp(−y_i·x_iᵀβ)) + λ‖β‖₁.</summary>
/// <remarks>
/// <para>Parameters X (n × p), y (n: labels, usually ±1; any numbers) and λ (no axes, not negative); no division by n, no intercept: add a column of ones, whose coefficient is then
/// penalised too. Results β (p) and the state, as <see cref="ElasticNet"/> has it with the correlations X_jᵀs, s_i = y_i/(1 + exp(y_i·x_iᵀβ)): the sign of a coefficient that is not 0,
/// twice the correlation's where the coefficient is 0 and the correlation ±λ within 1e-9 of ‖X_j‖·‖y‖ (weakly active), else 0. At λ = 0 every coefficient is active, and one that is 0 has a kink in λ.</para>
/// <para>Kinks where a coefficient is 0 and its correlation ±λ. The derivative solves with X_EᵀWX_E, W the curvatures y_i²·σ(m_i)·σ(−m_i) at m_i = y_i·x_iᵀβ, on the selected set E. Where a plane
/// separates the labels there is no solution at λ = 0, and the solve is refused (<see cref="NotConvergedException"/>).</para>
/// <para>Counts: <see cref="NominalSteps"/> Newton steps, each a lasso of all columns. Sources: Friedman, Hastie and Tibshirani (2010); Lee, Sun and Saunders (2014); the
/// derivative as in Bertrand et al. (2022).</para>
/// </remarks>
public sealed record LogisticLasso : SolutionMap
{
    /// <summary>How many Newton steps <see cref="SolutionMap.SolveCount"/> assumes.</summary>
    public const int NominalSteps = 8;

    /// <summary>The residual at which the solver stops, relative to the largest |X_jᵀy|. Default 1e-12.</summary>
    public double Tolerance { get; init; } = 1e-12;

    /// <inheritdoc/>
    public override string Name => "logistic_lasso";

    /// <inheritdoc/>
    public override string Border => "where a coefficient is 0 and its correlation with the labels' errors is ±λ";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [new("X", 2), new("y", 1), new("lambda", 0)];

    /// <inheritdoc/>
    public override SolutionShapes Shapes(IReadOnlyList<Shape> parameters)
    {
        var (x, y) = (parameters[0], parameters[1]);
        return x[0] == y[0]
            ? new([new Shape(x[1])], new Shape(x[1]))
            : throw new ShapeException($"X is {x} and y has {y[0]} elements: give as many rows as elements");
    }

    /// <inheritdoc/>
    public override Solution Solve(Problem problem)
    {
        if (problem.Number(2) < 0)
        {
            throw new NotConvexException(FormattableString.Invariant($"lambda is {problem.Number(2)}: a negative penalty is not convex, give at least 0"), problem.Number(2));
        }

        var solver = new LogisticSolver(problem);
        var (beta, steps) = solver.Solve(Tolerance);
        return Placed(problem, solver, beta) with { Iterations = steps };
    }

    /// <inheritdoc/>
    public override SolutionDerivative Differentiate(Problem problem, Solution solution, ActivityRule weak) =>
        new SupportDerivative(problem, solution, weak, new LogisticSolver(problem).At(solution.Values[0]));

    /// <inheritdoc/>
    public override Refinement Refine(Problem problem, Solution solution)
    {
        var solver = new LogisticSolver(problem);
        if (solver.Newton(solution.Values[0]) is not { } beta)
        {
            return new(null, false, "a Newton step leaves the piece");
        }

        var next = Placed(problem, solver, beta);
        return next.State.SequenceEqual(solution.State)
            ? new(next, false, "a Newton step on the support")
            : new(null, false, "a Newton step leaves the piece");
    }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Variable> Equations(SolutionPiece piece)
    {
        var (x, y, beta) = (piece.Parameters[0], piece.Parameters[1], piece.Values[0]);
        var score = y * Functions.Sigmoid(-(y * SolutionPiece.Times(x, beta)));
        return
        [
            Functions.Where(
                piece.Is(piece.State, 1, ActivityRule.Active),
                (piece.Parameters[2] * Functions.Sign(piece.State)) - SolutionPiece.Times(x, score, true),
                beta),
        ];
    }

    internal override bool IsConcurrent => true;

    /// <inheritdoc/>
    public override OperationCount SolveCount(IReadOnlyList<Shape> parameters)
    {
        var (n, p) = ((long)parameters[0][0], (long)parameters[0][1]);
        return NominalSteps * (DenseCount.MultiplyAdds((n * p * (p + 1)) + (2 * ElasticNet.NominalSweeps * p * p) + (4 * n * p)) + DenseCount.Factor(p) + DenseCount.Refined(p)
            + OperationCount.Of(ScalarOperation.Exp, n));
    }

    /// <inheritdoc/>
    public override OperationCount DerivativeCount(IReadOnlyList<Shape> parameters)
    {
        var (n, p) = ((long)parameters[0][0], (long)parameters[0][1]);
        return DenseCount.MultiplyAdds((n * p * p) + (5 * n * p) + (2 * p)) + DenseCount.Factor(p) + DenseCount.Refined(p) + OperationCount.Of(ScalarOperation.Exp, n);
    }

    private static Solution Placed(Problem problem, LogisticSolver solver, double[] beta)
    {
        var model = solver.At(beta);
        double[] r = model.X.TransposeTimes(model.Score);
        double[] curvatures = model.X.Weighted(model.Curvature);
        double length = problem.Vector(1).L2Norm();
        long[] state = new long[beta.Length];
        for (int j = 0; j < state.Length; j++)
        {
            double distance = beta[j] == 0 ? problem.Number(2) - Math.Abs(r[j]) : Math.Abs(beta[j]) * curvatures[j];
            state[j] = SupportDerivative.State(problem.Number(2), beta[j], r[j], distance, SupportDerivative.Weak * Math.Sqrt(model.X.Squares[j]) * length);
        }

        return new Solution([beta], state) { Residual = solver.Residual(beta, r) };
    }
}

public static partial class Solve
{
    /// <summary>The logistic lasso: β minimising Σ log(1 + exp(−y·Xβ)) + λ‖β‖₁.</summary>
    public static Variable LogisticLasso(Variable x, Variable y, Variable lambda) =>
        x.Builder.ApplyAll(new LogisticLasso(), x, y, lambda)[0];
}
