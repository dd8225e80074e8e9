using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>A convex quadratic program: z minimising ½zᵀQz + qᵀz over Gz ≤ h, Az = b.</summary>
/// <remarks>
/// <para>Parameters Q (n × n, positive semidefinite; its symmetric part counts), q (n), G (m × n), h (m), A (p × n), b (p); m and p may
/// be 0. Results z (n), the multipliers λ (m) and ν (p), and a state an inequality: 1 active, 2 weakly active (slack and
/// multiplier 0: the slack within 1e-9 of |z| and |h_i|/‖G_i‖, the multiplier of |q| and |Qz|), 0 not. All three results are differentiable, in all parameters.</para>
/// <para>An inequality with h = +∞ is none. Rows may be dependent: z has a derivative where it is unique, that of multipliers is then one of several
/// (<see cref="SolutionDerivative.HasUniqueMultipliers"/>).</para>
/// <para>Kinks where an active constraint has the multiplier 0. The derivative solves one reduced KKT system of the
/// active constraints, so it takes less than one of the solver's iterations takes. Of dependent active constraints
/// multipliers of independent ones are given, the others are weakly active. A linear program (Q = 0) is one, where its solution is unique.</para>
/// <para>Counts: <see cref="NominalIterations"/> interior-point iterations of size n + p, one reduced KKT solve; the derivative's
/// take every inequality as active. Source: Amos and Kolter (2017); complexity specification, 5.</para>
/// </remarks>
public sealed record QuadraticProgram : SolutionMap
{
    /// <summary>How many iterations <see cref="SolutionMap.SolveCount"/> assumes.</summary>
    public const int NominalIterations = 12;

    /// <summary>The residual at which interior points stop, relative to the problem's size. Default 1e-12.</summary>
    public double Tolerance { get; init; } = 1e-12;

    /// <summary>Whether the solution is solved exactly on its active set at the end. Default true.</summary>
    public bool Polish { get; init; } = true;

    /// <inheritdoc/>
    public override string Name => "quadratic_program";

    /// <inheritdoc/>
    public override string Border => "where an active inequality has the multiplier 0";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters =>
        [new("Q", 2), new("q", 1), new("G", 2), new("h", 1) { MayBeInfinite = true }, new("A", 2), new("b", 1)];

    /// <inheritdoc/>
    public override SolutionShapes Shapes(IReadOnlyList<Shape> parameters)
    {
        int n = parameters[1][0];
        int m = parameters[3][0];
        int p = parameters[5][0];
        Check(0, new Shape(n, n));
        Check(2, new Shape(m, n));
        Check(4, new Shape(p, n));
        return new([new Shape(n), new Shape(m), new Shape(p)], new Shape(m));

        void Check(int parameter, Shape expected)
        {
            if (!parameters[parameter].Equals(expected))
            {
                throw new ShapeException(
                    $"{Parameters[parameter].Name} is {parameters[parameter]}: with {n} unknowns, {m} inequalities and {p} equalities it is {expected}");
            }
        }
    }

    /// <inheritdoc/>
    public override Solution Solve(Problem problem)
    {
        var data = QuadraticDerivative.Data(problem);
        int[] bound = [.. Enumerable.Range(0, data.Inequalities).Where(i => !double.IsPositiveInfinity(data.H[i]))];
        if (data.H.Exists(double.IsNegativeInfinity))
        {
            throw new InfeasibleProblemException("an element of h is −∞: no point satisfies that inequality", double.PositiveInfinity, []);
        }

        if (bound.Length == data.Inequalities)
        {
            var point = QuadraticSolver.Solve(data, Tolerance, Polish);
            return QuadraticDerivative.Placed(data, point) with { Kept = point.Kept is null ? null : point.Kept with { Problem = problem } };
        }

        var part = data with { G = Dense.Rows(data.G, bound), H = Vector<double>.Build.Dense(bound.Length, i => data.H[bound[i]]) };
        return QuadraticDerivative.Placed(part, QuadraticSolver.Solve(part, Tolerance, Polish)).Spread(bound, data.Inequalities);
    }

    /// <inheritdoc/>
    public override SolutionDerivative Differentiate(Problem problem, Solution solution, ActivityRule weak) =>
        new QuadraticDerivative(problem, solution, weak);

    /// <inheritdoc/>
    public override Refinement Refine(Problem problem, Solution solution)
    {
        var data = QuadraticDerivative.Data(problem);
        var near = new QuadraticPoint(
            Vector<double>.Build.DenseOfArray(solution.Values[0]),
            Vector<double>.Build.DenseOfArray(solution.Values[1]),
            Vector<double>.Build.DenseOfArray(solution.Values[2]));
        if (QuadraticSolver.Exact(data, near) is not { } point)
        {
            return new(null, false, "no active set near the solution's verifies");
        }

        var exact = QuadraticDerivative.Placed(data, point);
        return exact.State.Contains(2)
            ? new(null, false, "a constraint is weakly active: the gradient is one-sided")
            : new(exact, true, "the active set's system solved, its signs right");
    }

    internal override EnclosedGradient Enclose(Problem problem, Solution near, IReadOnlyList<double[]> cotangents) =>
        Array.Exists(problem.Values[3], double.IsInfinity) ? EnclosedGradient.No("an inequality has no bound") : QuadraticProof.Of(problem, near, cotangents);

    internal override bool IsConcurrent => true;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Variable> Equations(SolutionPiece piece)
    {
        var (q, g, h, a, b) = (piece.Parameters[0], piece.Parameters[2], piece.Parameters[3], piece.Parameters[4], piece.Parameters[5]);
        var (z, lambda, nu) = (piece.Values[0], piece.Values[1], piece.Values[2]);
        var active = piece.Is(piece.State, 1, ActivityRule.Active);
        return
        [
            SolutionPiece.Times(MatrixFormulas.Symmetric(q), z) + piece.Parameters[1] + SolutionPiece.Times(g, lambda, true) + SolutionPiece.Times(a, nu, true),
            Functions.Where(active, SolutionPiece.Times(g, z) - Functions.Where(active, h, 0), lambda),
            SolutionPiece.Times(a, z) - b,
        ];
    }

    /// <inheritdoc/>
    public override OperationCount SolveCount(IReadOnlyList<Shape> parameters)
    {
        var (n, m, p) = ((long)parameters[1][0], (long)parameters[3][0], (long)parameters[5][0]);
        long size = n + p;
        return (NominalIterations * (DenseCount.MultiplyAdds((n * n * m) + (8 * n * m) + (6 * size * size)) + DenseCount.Factor(size) + (6 * DenseCount.Solve(size))))
            + DenseCount.Factor(n + m + p) + (2 * DenseCount.Solve(n + m + p));
    }

    /// <inheritdoc/>
    public override OperationCount DerivativeCount(IReadOnlyList<Shape> parameters)
    {
        var (n, m, p) = ((long)parameters[1][0], (long)parameters[3][0], (long)parameters[5][0]);
        long size = n + m + p;
        return DenseCount.Factor(size) + (2 * DenseCount.Solve(size)) + DenseCount.MultiplyAdds((size * size) + (2 * n * size));
    }
}

public static partial class Solve
{
    /// <summary>z minimising ½zᵀQz + qᵀz over Gz ≤ h, Az = b, and its multipliers.</summary>
    public static (Variable Z, Variable Inequalities, Variable Equalities) QuadraticProgram(
        Variable quadratic, Variable linear, Variable g, Variable h, Variable a, Variable b)
    {
        var results = linear.Builder.ApplyAll(new QuadraticProgram(), quadratic, linear, g, h, a, b);
        return (results[0], results[1], results[2]);
    }

    /// <summary>z minimising ½zᵀQz + qᵀz over Gz ≤ h.</summary>
    public static Variable QuadraticProgram(Variable quadratic, Variable linear, Variable g, Variable h)
    {
        int n = linear.Shape[^1];
        return QuadraticProgram(
            quadratic, linear, g, h, linear.Builder.Apply(new Dictionary.Fill(new Shape(0, n), 0)), linear.Builder.Apply(new Dictionary.Fill(new Shape(0), 0))).Z;
    }
}
