using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>A linear support vector machine: w and an intercept minimising ½‖w‖² + C·Σ c_i max(0, 1 − y_i(x_i·w + intercept)).</summary>
/// <remarks>
/// <para>Parameters X (n × p), y (n: labels, usually ±1; of both signs), c (n, positive: weights of the rows) and C (no axes, positive). Results w (p), the intercept (no
/// axes) and the dual α (n, between 0 and C·c_i: w = Σα_i y_i x_i), and a state: of each row's α ≥ 0, then of each α ≤ C·c, 1 active, 2 weakly, 0 not.</para>
/// <para>Solved by pairs of rows and then exactly on the rows between their bounds; where those are none, dependent or near a kink, as its dual, a quadratic program: min ½αᵀQα − Σα over 0 ≤ α ≤ C·c, yᵀα = 0 with Q_ij = y_i y_j⟨x_i, x_j⟩, whose equality's multiplier is the
/// intercept. Kinks where a row is on the margin and its α at a bound. Without a row whose α is between its bounds the intercept is not unique, with more
/// than p + 1 rows on the margin α is not: the theorem does not apply, and the report says so.</para>
/// <para>Counts: of <see cref="NominalPrograms"/> of the dual's programs, since it is solved by proximal points (a hundred at most; few where margins are clear); the derivative's is
/// the dual's. Source: Cortes and Vapnik (1995).</para>
/// </remarks>
public sealed record SupportVectors : ExactMap
{
    /// <summary>How many strictly convex programs <see cref="SolutionMap.SolveCount"/> assumes.</summary>
    public const int NominalPrograms = 2;

    /// <inheritdoc/>
    public override string Name => "support_vectors";

    /// <inheritdoc/>
    public override string Border => "where a row is on the margin and its multiplier at a bound";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [new("X", 2), new("y", 1), new("c", 1), new("C", 0)];

    /// <inheritdoc/>
    public override SolutionShapes Shapes(IReadOnlyList<Shape> parameters)
    {
        var (n, p) = (parameters[0][0], parameters[0][1]);
        return parameters[1][0] == n && parameters[2][0] == n
            ? new([new Shape(p), Shape.Scalar, new Shape(n)], new Shape(2 * n))
            : throw new ShapeException($"X is {parameters[0]}, y has {parameters[1][0]} elements and c {parameters[2][0]}: give one for each row");
    }

    /// <inheritdoc/>
    public override Solution Solve(Problem problem)
    {
        foreach (int p in (int[])[2, 3])
        {
            int bad = Array.FindIndex(problem.Values[p], v => v <= 0);
            if (bad >= 0)
            {
                throw new OutOfRangeException(
                    FormattableString.Invariant($"{Parameters[p].Name} is {problem.Values[p][bad]} at element {bad}: give positive numbers"), problem.Values[p][bad]);
            }
        }

        if (problem.Values[1].All(y => y >= 0) || problem.Values[1].All(y => y <= 0))
        {
            throw new OutOfRangeException("y has labels of one sign only, or none: the intercept has no bound, give rows of both classes");
        }

        var solver = new SupportVectorSolver(problem);
        if (solver.Solve() is { } exact && MarginRows.Placed(problem, exact.Alpha, exact.W, exact.Intercept) is { } placed)
        {
            return placed with { Iterations = solver.Iterations };
        }

        var dual = SupportVectorDerivative.Dual(problem);
        var data = QuadraticDerivative.Data(dual);
        var solution = QuadraticDerivative.Placed(data, SupportVectorDerivative.Solved(data));
        var alpha = Vector<double>.Build.DenseOfArray(solution.Values[0]);
        return solution with
        {
            Values = [[.. SupportVectorDerivative.Signed(problem).TransposeThisAndMultiply(alpha)], solution.Values[2], solution.Values[0]],
        };
    }

    /// <inheritdoc/>
    public override SolutionDerivative Differentiate(Problem problem, Solution solution, ActivityRule weak) =>
        MarginDerivative.Of(problem, solution) ?? (SolutionDerivative)new SupportVectorDerivative(problem, solution, weak);

    internal override bool IsConcurrent => true;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Variable> Equations(SolutionPiece piece)
    {
        var (x, y, limits) = (piece.Parameters[0], piece.Parameters[1], piece.Parameters[2] * piece.Parameters[3]);
        var (w, intercept, alpha) = (piece.Values[0], piece.Values[1], piece.Values[2]);
        int n = y.Shape[0];
        var atZero = piece.Is(piece.State.Slice(0, 0, n), 1, ActivityRule.Active);
        var atLimit = piece.Is(piece.State.Slice(0, n, 2 * n), 1, ActivityRule.Active);
        var margin = (y * (SolutionPiece.Times(x, w) + intercept)) - 1;
        return
        [
            w - SolutionPiece.Times(x, alpha * y, true),
            (y * alpha).Sum(),
            Functions.Where(atZero, alpha, Functions.Where(atLimit, alpha - limits, margin)),
        ];
    }

    /// <inheritdoc/>
    public override OperationCount SolveCount(IReadOnlyList<Shape> parameters)
    {
        var (n, p) = ((long)parameters[0][0], (long)parameters[0][1]);
        return DenseCount.MultiplyAdds((n * n * p) + (n * p)) + (NominalPrograms * new QuadraticProgram().SolveCount(SupportVectorDerivative.DualShapes((int)n)));
    }

    /// <inheritdoc/>
    public override OperationCount DerivativeCount(IReadOnlyList<Shape> parameters)
    {
        var (n, p) = ((long)parameters[0][0], (long)parameters[0][1]);
        return DenseCount.MultiplyAdds((2 * n * n * p) + (4 * n * p)) + new QuadraticProgram().DerivativeCount(SupportVectorDerivative.DualShapes((int)n));
    }
}

public static partial class Solve
{
    /// <summary>w and the intercept minimising ½‖w‖² + penalty·Σ weights·max(0, 1 − y(Xw + intercept)).</summary>
    public static (Variable W, Variable Intercept) SupportVectors(Variable x, Variable y, Variable weights, Variable penalty)
    {
        var results = x.Builder.ApplyAll(new SupportVectors(), x, y, weights, penalty);
        return (results[0], results[1]);
    }
}
