using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>The derivative of a support vector machine through that of its dual quadratic program.</summary>
internal sealed class SupportVectorDerivative : SolutionDerivative
{
    private const int _most = 100;
    private const double _proximal = 1e-5;
    private readonly Problem _problem;
    private readonly Matrix<double> _signed;
    private readonly double[] _alpha;
    private readonly QuadraticDerivative _dual;

    public SupportVectorDerivative(Problem problem, Solution solution, ActivityRule weak)
    {
        (_problem, _signed, _alpha) = (problem, Signed(problem), solution.Values[2]);
        var w = _signed.TransposeThisAndMultiply(Vector<double>.Build.DenseOfArray(_alpha));

        // α's multipliers are y_i·f(x_i) − 1 at its lower bound, 1 − y_i·f(x_i) at its upper one.
        double[] excess = [.. (_signed * w).Select((m, i) => m + (problem.Values[1][i] * solution.Values[1][0]) - 1)];
        double[] multipliers = [.. excess.Select((e, i) => Multiplier(i, e)), .. excess.Select((e, i) => Multiplier(excess.Length + i, -e))];
        _dual = new(Dual(problem), new Solution([_alpha, multipliers, solution.Values[1]], solution.State), weak);

        double Multiplier(int i, double value) => solution.State[i] == 0 ? 0 : Math.Max(0, value);
    }

    public override IReadOnlyList<Margin> Margins => _dual.Margins;

    public override double Condition => _dual.Condition;

    public override Invertibility Invertibility => _dual.Invertibility;

    /// <summary>diag(y)·X.</summary>
    public static Matrix<double> Signed(Problem problem)
    {
        var x = problem.Matrix(0);
        return Matrix<double>.Build.Dense(x.RowCount, x.ColumnCount, (i, j) => problem.Values[1][i] * x[i, j]);
    }

    /// <summary>The dual: rows of α ≥ 0, then of α ≤ C·c.</summary>
    public static Problem Dual(Problem problem)
    {
        var signed = Signed(problem);
        int n = signed.RowCount;
        return new Problem(
            DualShapes(n),
            [
                [.. (signed * signed.Transpose()).Enumerate()],
                [.. Enumerable.Repeat(-1.0, n)],
                [.. Enumerable.Range(0, 2 * n).SelectMany(r => Enumerable.Range(0, n).Select(j => r == j ? -1.0 : r == n + j ? 1 : 0))],
                [.. new double[n], .. problem.Values[2].Select(c => c * problem.Number(3))],
                problem.Values[1],
                [0],
            ]);
    }

    /// <summary>The dual's solution by proximal points: each a strictly convex program; its active set is tried on the dual.</summary>
    /// <exception cref="NotConvergedException">They did not.</exception>
    public static QuadraticPoint Solved(QuadraticData dual)
    {
        double weight = _proximal * Math.Max(1e-300, Dense.Largest(dual.Q.Enumerate()));
        var strict = dual with { Q = dual.Q + (weight * Matrix<double>.Build.DenseIdentity(dual.Unknowns)) };
        var at = Vector<double>.Build.Dense(dual.Unknowns);
        double step = double.PositiveInfinity;
        for (int k = 1; k <= _most; k++)
        {
            var point = QuadraticSolver.Solve(strict with { Linear = dual.Linear - (weight * at) }, 1e-12, true);
            step = Dense.Largest(point.X - at);
            at = point.X;
            if (QuadraticSolver.Exact(dual, point) is { } exact)
            {
                return exact with { Iterations = k };
            }

            // Multipliers that are not unique have no system: the points themselves end.
            if (step <= 1e-13 * (1 + Dense.Largest(at)))
            {
                return point with { Iterations = k, IsVerified = false };
            }
        }

        throw new NotConvergedException(FormattableString.Invariant($"proximal points: the last of {_most} steps is {step:G3}; scale X, or lower C"), step);
    }

    public static IReadOnlyList<Shape> DualShapes(int n) =>
        [new Shape(n, n), new Shape(n), new Shape(2 * n, n), new Shape(2 * n), new Shape(1, n), new Shape(1)];

    public override IReadOnlyList<double[]> Tangent(IReadOnlyList<double[]> tangents) => Through(tangents, _dual.Tangent);

    public override IReadOnlyList<double[]> Directional(IReadOnlyList<double[]> direction) => Through(direction, _dual.Directional);

    public override IReadOnlyList<double[]> Cotangent(IReadOnlyList<double[]> cotangents)
    {
        int n = _alpha.Length;
        var w = Vector<double>.Build.DenseOfArray(cotangents[0]);
        double[] alpha = [.. (_signed * w).Zip(cotangents[2], (a, b) => a + b)];
        var dual = _dual.Cotangent([alpha, new double[2 * n], cotangents[1]]);
        var q = Dense.RowMajor(n, n, dual[0]);
        var signed = (Vector<double>.Build.DenseOfArray(_alpha).ToColumnMatrix() * w.ToRowMatrix()) + ((q + q.Transpose()) * _signed);
        var (x, y) = (_problem.Matrix(0), _problem.Values[1]);
        double[] high = dual[3][n..];
        return
        [
            [.. Enumerable.Range(0, n).SelectMany(i => signed.Row(i).Select(s => y[i] * s))],
            [.. Enumerable.Range(0, n).Select(i => signed.Row(i).DotProduct(x.Row(i)) + dual[4][i])],
            Array.ConvertAll(high, h => h * _problem.Number(3)),
            [high.Zip(_problem.Values[2], (h, c) => h * c).Sum()],
        ];
    }

    private double[][] Through(IReadOnlyList<double[]> tangents, Func<IReadOnlyList<double[]>, IReadOnlyList<double[]>> dual)
    {
        int n = _alpha.Length;
        var (x, dx) = (_problem.Matrix(0), _problem.MatrixOf(0, tangents[0]));
        var signed = Matrix<double>.Build.Dense(
            n, x.ColumnCount, (i, j) => (tangents[1][i] * x[i, j]) + (_problem.Values[1][i] * dx[i, j]));
        var q = signed * _signed.Transpose();
        double[] high = [.. tangents[2].Select((c, i) => (c * _problem.Number(3)) + (_problem.Values[2][i] * tangents[3][0]))];
        var moved = dual([[.. (q + q.Transpose()).Enumerate()], new double[n], new double[2 * n * n], [.. new double[n], .. high], tangents[1], [0]]);
        var w = signed.TransposeThisAndMultiply(Vector<double>.Build.DenseOfArray(_alpha))
            + _signed.TransposeThisAndMultiply(Vector<double>.Build.DenseOfArray(moved[0]));
        return [[.. w], moved[2], moved[0]];
    }
}
