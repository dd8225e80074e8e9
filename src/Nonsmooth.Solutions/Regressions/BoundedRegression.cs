using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>Least squares over a box: x minimising ½‖Ax − b‖² over low ≤ x ≤ high.</summary>
/// <remarks>
/// <para>Result x (n), and a state an unknown: −1 at its lower bound, 1 at its upper one, −2 and 2 where the bound is active with the multiplier 0 (weakly: within 1e-9 of ‖A_j‖(‖b‖ + ‖Ax‖)), else 0.
/// On the free unknowns F, A_FᵀA_F dx_F = dA_Fᵀ(b − Ax) + A_Fᵀ(db − dA·x − A_B dx_B); the others move with their bounds. Where the columns A_F are dependent, the
/// derivative is refused. An unknown whose column is 0 is the bound nearest to 0, or 0, and does not move.</para>
/// <para>Counts: <see cref="NominalIterations"/> interior-point iterations and one solve of size n; the derivative's take every unknown as free. Source: Lawson and Hanson (1974), chapter 23;
/// the active set's system as in Amos and Kolter (2017).</para>
/// </remarks>
public abstract record BoundedRegression : ExactMap
{
    /// <summary>How many iterations <see cref="SolutionMap.SolveCount"/> assumes.</summary>
    public const int NominalIterations = 12;

    private protected BoundedRegression()
    {
    }

    /// <inheritdoc/>
    public sealed override string Border => "where a bound is active with the multiplier 0";

    /// <inheritdoc/>
    public override SolutionShapes Shapes(IReadOnlyList<Shape> parameters)
    {
        var (a, b) = (parameters[0], parameters[1]);
        return a[0] == b[0]
            ? new([new Shape(a[1])], new Shape(a[1]))
            : throw new ShapeException($"A is {a} and b has {b[0]} elements: give as many rows as elements");
    }

    /// <summary>The bounds of a problem; infinite ones for none.</summary>
    private protected abstract (double[] Low, double[] High) Bounds(Problem problem);

    /// <inheritdoc/>
    public sealed override Solution Solve(Problem problem)
    {
        var (low, high) = Bounds(problem);
        Solutions.Bounds.Check(low, high);
        var a = problem.Matrix(0);
        var gram = a.TransposeThisAndMultiply(a);
        var known = a.TransposeThisAndMultiply(problem.Vector(1));
        int n = low.Length;
        int[] above = [.. Enumerable.Range(0, n).Where(j => double.IsFinite(high[j]))];
        var point = QuadraticSolver.Solve(
            new(
                gram,
                -known,
                Matrix<double>.Build.Dense(n + above.Length, n, (i, j) => i < n ? (i == j ? -1 : 0) : above[i - n] == j ? 1 : 0),
                Vector<double>.Build.Dense(n + above.Length, i => i < n ? -low[i] : high[above[i - n]])),
            1e-12,
            true);
        double[] x = [.. point.X.Select((v, j) => Math.Min(high[j], Math.Max(low[j], gram[j, j] == 0 ? 0 : v)))];
        return Placed(problem, x) with { Iterations = point.Iterations, IsVerified = point.IsVerified };
    }

    /// <inheritdoc/>
    public sealed override SolutionDerivative Differentiate(Problem problem, Solution solution, ActivityRule weak)
    {
        var (low, high) = Bounds(problem);
        return new BoundedDerivative(problem, solution, low, high, weak);
    }

    internal sealed override EnclosedGradient Enclose(Problem problem, Solution near, IReadOnlyList<double[]> cotangents)
    {
        var (low, high) = Bounds(problem);
        return RegressionProof.Bounded(problem, low, high, near, cotangents);
    }

    internal sealed override bool IsConcurrent => true;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Variable> Equations(SolutionPiece piece)
    {
        var (a, x) = (piece.Parameters[0], piece.Values[0]);
        var free = Functions.And(
            piece.Is(piece.State, 0, ActivityRule.Inactive), Functions.NotEqual(Functions.Square(a).Sum(0), 0));
        var held = piece.Parameters.Count == 2
            ? x
            : x - Functions.Where(Functions.Less(piece.State, 0), piece.Parameters[2], piece.Parameters[3]);
        return [Functions.Where(free, SolutionPiece.Times(a, SolutionPiece.Times(a, x) - piece.Parameters[1], true), held)];
    }

    /// <inheritdoc/>
    public sealed override OperationCount SolveCount(IReadOnlyList<Shape> parameters)
    {
        var (m, n) = ((long)parameters[0][0], (long)parameters[0][1]);
        long bounds = n * (parameters.Count == 2 ? 1 : 2);
        return DenseCount.MultiplyAdds(m * n * (n + 1)) + DenseCount.Factor(n) + DenseCount.Refined(n)
            + (NominalIterations * (DenseCount.MultiplyAdds((n * n) + (8 * bounds)) + DenseCount.Factor(n) + (6 * DenseCount.Solve(n))));
    }

    /// <inheritdoc/>
    public sealed override OperationCount DerivativeCount(IReadOnlyList<Shape> parameters)
    {
        var (m, n) = ((long)parameters[0][0], (long)parameters[0][1]);
        return DenseCount.MultiplyAdds((m * n * n) + (4 * m * n)) + DenseCount.Factor(n) + DenseCount.Refined(n);
    }

    // An unknown's distance is the larger of multiplier and slack times curvature: that is how far the gradient is from a change.
    private Solution Placed(Problem problem, double[] x)
    {
        var (low, high) = Bounds(problem);
        var margins = BoundedDerivative.Distances(problem, x, low, high);
        double[] g = margins.Gradient;
        long[] state = new long[x.Length];
        double residual = 0;
        for (int j = 0; j < x.Length; j++)
        {
            var (slack, isHigh) = margins.Slacks[j];
            int side = isHigh ? 1 : -1;
            state[j] = Math.Max(slack, Math.Abs(g[j])) <= Weak * margins.Scales[j] ? 2 * side : Math.Abs(g[j]) > slack ? Math.Sign(g[j]) : 0;
            residual = Math.Max(residual, state[j] == 0 ? Math.Abs(g[j]) : slack);
        }

        return new Solution([x], state) { Residual = residual };
    }
}
