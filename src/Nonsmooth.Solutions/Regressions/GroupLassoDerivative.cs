using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>The derivative of a sparse group lasso on the selected directions: coefficients, and rays of groups that leave 0.</summary>
internal sealed class GroupLassoDerivative : SolutionDerivative
{
    private readonly Problem _problem;
    private readonly GroupLassoData _data;
    private readonly Solution _solution;
    private readonly double[] _beta;
    private readonly double[] _signs;
    private readonly double[] _units;
    private readonly Vector<double> _residual;
    private readonly Lazy<Matrix<double>> _basis;
    private readonly Lazy<LinearSystem> _system;

    public GroupLassoDerivative(Problem problem, IntVector groups, Solution solution, ActivityRule weak)
    {
        (_problem, _data, _solution, _beta) = (problem, new(problem, groups), solution, solution.Values[0]);
        _residual = problem.Vector(1) - (_data.X * Vector<double>.Build.DenseOfArray(_beta));
        var c = _data.Correlations(_beta);
        int p = _beta.Length;

        // Of a group that is 0 the direction in which it would leave.
        double[] leaving = [.. c.Select(x => GroupLassoData.Soft(x, _data.Lambda1))];
        double[] shown = [.. _beta.Select((b, j) => solution.State[p + _data.Group(j)] == 1 ? b : leaving[j])];
        _units = [.. shown.Select((b, j) => b == 0 ? 0 : b / _data.Norm(_data.Group(j), shown))];
        _signs = [.. shown.Select((b, j) => (double)(solution.State[j] != 0 ? Math.Sign(solution.State[j]) : Math.Sign(b)))];
        _basis = new(() => Basis(weak == ActivityRule.Active).Columns);
        _system = new(() => System(_basis.Value));
    }

    public override IReadOnlyList<Margin> Margins =>
        [.. MarginsOf(_data, _beta).Select((d, i) => new Margin(i, d, _solution.State[i] != 0, Math.Abs(_solution.State[i]) == 2))];

    public override double Condition => _system.Value.Condition;

    // The largest system is definite exactly when every smaller one is.
    public override Invertibility Invertibility => !System(Basis(true).Columns).IsSingular ? Invertibility.AllElements
        : _system.Value.IsSingular ? Invertibility.Fails
        : Invertibility.ChosenOnly;

    /// <summary>Of each coefficient, then of each group, the distance from the border of its piece, in the gradient's unit; ∞ where it cannot switch by itself.</summary>
    public static double[] MarginsOf(GroupLassoData data, double[] beta)
    {
        var c = data.Correlations(beta);
        return
        [
            .. beta.Select((b, j) => data.Norm(data.Group(j), beta) == 0 || data.Lambda1 == 0 ? double.PositiveInfinity
                : b == 0 ? Math.Abs(data.Lambda1 - Math.Abs(c[j]))
                : Math.Abs(b) * data.Curvature(j, j, beta)),
            .. data.Members.Select((members, g) => data.Norm(g, beta) is var norm && norm == 0
                ? Math.Abs(data.Penalty(g) - Math.Sqrt(members.Sum(j => Math.Pow(GroupLassoData.Soft(c[j], data.Lambda1), 2))))
                : norm * members.Max(j => data.Gram[j, j])),
        ];
    }

    public override IReadOnlyList<double[]> Tangent(IReadOnlyList<double[]> tangents)
    {
        var basis = _basis.Value;
        return [[.. Apply(basis, _system.Value.Solve(Right(basis, tangents)))]];
    }

    public override IReadOnlyList<double[]> Cotangent(IReadOnlyList<double[]> cotangents)
    {
        var basis = _basis.Value;
        double[] v = basis.ColumnCount == 0 ? [] : [.. basis.TransposeThisAndMultiply(Vector<double>.Build.DenseOfArray(cotangents[0]))];
        double[] u = Apply(basis, _system.Value.Solve(v));
        var y = _data.X * Vector<double>.Build.DenseOfArray(u);
        return
        [
            [.. Enumerable.Range(0, _data.X.RowCount).SelectMany(i => u.Select((x, j) => (_residual[i] * x) - (y[i] * _beta[j])))],
            [.. y],
            [-u.Select((x, j) => _signs[j] * x).Sum()],
            [-u.Select((x, j) => Root(j) * _units[j] * x).Sum()],
        ];
    }

    /// <summary>On the critical cone: a weakly active coefficient or group leaves 0 with its sign or along its ray, or stays.</summary>
    public override IReadOnlyList<double[]> Directional(IReadOnlyList<double[]> direction)
    {
        var (basis, weak) = Basis(true);
        if (weak.Length == 0)
        {
            return Tangent(direction);
        }

        var system = System(basis);
        if (system.IsSingular)
        {
            throw new SingularSolutionException("the columns that may leave 0 are dependent: the coefficients have no directional derivative", system.PivotRatio);
        }

        var g = Dense.Zero(weak.Length, basis.ColumnCount);
        for (int i = 0; i < weak.Length; i++)
        {
            g[i, weak[i].Column] = -weak[i].Sign;
        }

        var point = QuadraticSolver.Solve(
            new(Hessian(basis), -Vector<double>.Build.DenseOfArray(Right(basis, direction)), g, Vector<double>.Build.Dense(weak.Length)), 1e-13, true);
        return [Apply(basis, [.. point.X])];
    }

    private double Root(int j) => Math.Sqrt(_data.Members[_data.Group(j)].Length);

    // A column a coefficient that moves, one a group that may leave 0; which columns are weak, and with what sign they may move.
    private (Matrix<double> Columns, (int Column, int Sign)[] Weak) Basis(bool weak)
    {
        int p = _beta.Length;
        var columns = new List<double[]>();
        var signed = new List<(int, int)>();
        for (int j = 0; j < p; j++)
        {
            bool isWeak = Math.Abs(_solution.State[j]) == 2;
            if (_solution.State[j] != 0 && (weak || !isWeak))
            {
                columns.Add([.. Enumerable.Range(0, p).Select(k => k == j ? 1.0 : 0)]);
                if (isWeak)
                {
                    signed.Add((columns.Count - 1, Math.Sign(_solution.State[j])));
                }
            }
        }

        for (int g = 0; weak && g < _data.Members.Length; g++)
        {
            if (_solution.State[p + g] == 2)
            {
                columns.Add([.. Enumerable.Range(0, p).Select(j => _data.Group(j) == g ? _units[j] : 0)]);
                signed.Add((columns.Count - 1, 1));
            }
        }

        return (Matrix<double>.Build.Dense(p, columns.Count, (j, k) => columns[k][j]), [.. signed]);
    }

    private Matrix<double> Hessian(Matrix<double> basis)
    {
        int p = _beta.Length;
        return basis.TransposeThisAndMultiply(Matrix<double>.Build.Dense(p, p, (j, k) => _data.Curvature(j, k, _beta))) * basis;
    }

    private LinearSystem System(Matrix<double> basis) => LinearSystem.Equilibrated(basis.ColumnCount == 0 ? Dense.Zero(0, 0) : Hessian(basis));

    private static double[] Apply(Matrix<double> basis, double[] along) =>
        along.Length == 0 ? new double[basis.RowCount] : [.. basis * Vector<double>.Build.DenseOfArray(along)];

    private double[] Right(Matrix<double> basis, IReadOnlyList<double[]> tangents)
    {
        if (basis.ColumnCount == 0)
        {
            return [];
        }

        var dx = _problem.MatrixOf(0, tangents[0]);
        var moved = Vector<double>.Build.DenseOfArray(tangents[1]) - (dx * Vector<double>.Build.DenseOfArray(_beta));
        var right = dx.TransposeThisAndMultiply(_residual) + _data.X.TransposeThisAndMultiply(moved);
        return [.. basis.TransposeThisAndMultiply(Vector<double>.Build.Dense(
            _beta.Length, j => right[j] - (tangents[2][0] * _signs[j]) - (tangents[3][0] * Root(j) * _units[j])))];
    }
}
