using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>The elastic net: β minimising ½‖y − Xβ‖² + λ‖β‖₁ + ½μ‖β‖², with the lasso at μ = 0.</summary>
/// <remarks>
/// <para>Parameters X (n × p), y (n), λ and μ (no axes, not negative); no division by n. Results β (p) and the state:
/// the sign of X_jᵀ(y − Xβ) for a coefficient that is not 0, twice it where the coefficient is 0 and the correlation λ
/// (weakly active), else 0. Weakly is within 1e-9 of ‖X_j‖·‖y‖, so the scale of a column does not matter.</para>
/// <para>Kinks where a coefficient is 0 and its correlation ±λ. At λ = 0 every coefficient is active and none is a kink in X, y and μ; where one is 0 the
/// solution has a kink in λ, which the report flags as weakly active, and the sign taken is 1. The derivative solves with X_EᵀX_E + μ on the selected
/// set E; where two columns of a lasso are dependent and both in the equicorrelation set, the theorem does not apply.</para>
/// <para>Solved on working sets that grow by what violates the conditions: XᵀX is formed of their columns only (Massias, Gramfort and Salmon, 2018). Counts, as if all columns were in: the Gram
/// matrix, <see cref="NominalSweeps"/> sweeps of coordinate descent and one dense solve of size p. The derivative's
/// take every coefficient as active: p²n + p³/3 and products. Source: complexity specification, 5.</para>
/// </remarks>
public sealed record ElasticNet : SolutionMap
{
    /// <summary>How many sweeps <see cref="SolutionMap.SolveCount"/> assumes.</summary>
    public const int NominalSweeps = 50;

    /// <summary>The residual at which the solver stops, relative to the largest |X_jᵀy|. Default 1e-12.</summary>
    public double Tolerance { get; init; } = 1e-12;

    /// <summary>Whether the solution is solved exactly on its support at the end. Default true.</summary>
    public bool Polish { get; init; } = true;

    /// <inheritdoc/>
    public override string Name => "elastic_net";

    /// <inheritdoc/>
    public override string Border => "where a coefficient is 0 and its correlation with the residual is ±λ";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [new("X", 2), new("y", 1), new("lambda", 0), new("ridge", 0)];

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
        foreach (int penalty in (int[])[2, 3])
        {
            if (problem.Number(penalty) < 0)
            {
                throw new NotConvexException(FormattableString.Invariant(
                    $"{Parameters[penalty].Name} is {problem.Number(penalty)}: a negative penalty is not convex, give at least 0"), problem.Number(penalty));
            }
        }

        var solver = new ElasticNetSolver(problem);
        var (beta, correlations, sweeps) = solver.Solve(Tolerance, Polish);
        return Placed(problem, solver, beta, correlations) with { Iterations = sweeps };
    }

    /// <inheritdoc/>
    public override SolutionDerivative Differentiate(Problem problem, Solution solution, ActivityRule weak) =>
        new SupportDerivative(problem, solution, weak, SupportModel.LeastSquares(problem, solution));

    /// <inheritdoc/>
    public override Refinement Refine(Problem problem, Solution solution)
    {
        var solver = new ElasticNetSolver(problem);
        if (solver.Polish(solution.Values[0]) is not { } beta)
        {
            return new(null, false, "no support near the solution's verifies");
        }

        var exact = Placed(problem, solver, beta, solver.Correlations(beta));
        var margins = SupportDerivative.MarginsOf(problem, exact, SupportModel.LeastSquares(problem, exact));
        double margin = margins.Min(m => m.Distance);
        return margins.Any(m => m.IsWeak)
            ? new(null, false, "a coefficient is weakly active: the gradient is one-sided")
            : new(exact, true, FormattableString.Invariant($"the support's system solved, its signs right, margin {margin:G3}"));
    }

    internal override EnclosedGradient Enclose(Problem problem, Solution near, IReadOnlyList<double[]> cotangents) =>
        RegressionProof.ElasticNet(problem, near, cotangents);

    internal override bool IsConcurrent => true;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Variable> Equations(SolutionPiece piece)
    {
        var (x, beta) = (piece.Parameters[0], piece.Values[0]);
        var pull = SolutionPiece.Times(x, SolutionPiece.Times(x, beta) - piece.Parameters[1], true);
        return
        [
            Functions.Where(
                piece.Is(piece.State, 1, ActivityRule.Active),
                pull + (piece.Parameters[2] * Functions.Sign(piece.State)) + (piece.Parameters[3] * beta),
                beta),
        ];
    }

    /// <inheritdoc/>
    public override OperationCount SolveCount(IReadOnlyList<Shape> parameters)
    {
        var (n, p) = ((long)parameters[0][0], (long)parameters[0][1]);
        return DenseCount.MultiplyAdds((n * p * (p + 1)) + (NominalSweeps * 2 * p * p)) + DenseCount.Factor(p) + DenseCount.Refined(p);
    }

    /// <inheritdoc/>
    public override OperationCount DerivativeCount(IReadOnlyList<Shape> parameters)
    {
        var (n, p) = ((long)parameters[0][0], (long)parameters[0][1]);
        return DenseCount.MultiplyAdds((n * p * p) + (4 * n * p) + (2 * p)) + DenseCount.Factor(p) + DenseCount.Refined(p);
    }

    private static Solution Placed(Problem problem, ElasticNetSolver solver, double[] beta, double[] r)
    {
        double length = problem.Vector(1).L2Norm();
        long[] state = new long[beta.Length];
        for (int j = 0; j < state.Length; j++)
        {
            double distance = beta[j] == 0 ? problem.Number(2) - Math.Abs(r[j]) : Math.Abs(beta[j]) * solver.Diagonal(j);
            state[j] = SupportDerivative.State(problem.Number(2), beta[j], r[j], distance, SupportDerivative.Weak * solver.Length(j) * length);
        }

        return new Solution([beta], state) { Residual = solver.Residual(beta, r) };
    }
}

public static partial class Solve
{
    /// <summary>The lasso: β minimising ½‖y − Xβ‖² + λ‖β‖₁.</summary>
    public static Variable Lasso(Variable x, Variable y, Variable lambda) =>
        ElasticNet(x, y, lambda, lambda.Builder.Apply(new Dictionary.Fill(Shape.Scalar, 0)));

    /// <summary>The elastic net: β minimising ½‖y − Xβ‖² + λ‖β‖₁ + ½·ridge·‖β‖².</summary>
    public static Variable ElasticNet(Variable x, Variable y, Variable lambda, Variable ridge) =>
        x.Builder.ApplyAll(new ElasticNet(), x, y, lambda, ridge)[0];
}
