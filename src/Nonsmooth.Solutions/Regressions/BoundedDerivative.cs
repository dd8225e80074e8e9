using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Selections;

namespace Nonsmooth.Solutions;

/// <summary>The derivative of least squares over a box on the selected free unknowns.</summary>
internal sealed class BoundedDerivative : SolutionDerivative
{
    private readonly Problem _problem;
    private readonly long[] _state;
    private readonly double[] _x;
    private readonly double[] _low;
    private readonly double[] _high;
    private readonly Matrix<double> _a;
    private readonly Vector<double> _residual;
    private readonly int[] _free;
    private readonly Lazy<LinearSystem> _system;

    public BoundedDerivative(Problem problem, Solution solution, double[] low, double[] high, ActivityRule weak)
    {
        (_problem, _state, _x, _low, _high, _a) = (problem, solution.State, solution.Values[0], low, high, problem.Matrix(0));
        _residual = problem.Vector(1) - (_a * Vector<double>.Build.DenseOfArray(_x));
        _free = [.. Where(s => s == 0 || (Math.Abs(s) == 2 && weak == ActivityRule.Inactive)).Where(j => _a.Column(j).Exists(v => v != 0))];
        _system = new(() => LinearSystem.Equilibrated(Gram(_free)));
    }

    public override IReadOnlyList<Margin> Margins
    {
        get
        {
            var (_, gradient, slacks) = Distances(_problem, _x, _low, _high);
            return [.. slacks.Select((s, j) => new Margin(j, Math.Max(s.Slack, Math.Abs(gradient[j])), _state[j] != 0, Math.Abs(_state[j]) == 2))];
        }
    }

    public override double Condition => _system.Value.Condition;

    // Gram matrices of fewer columns are principal minors: definite where the largest is.
    public override Invertibility Invertibility =>
        !LinearSystem.Equilibrated(Gram(Where(s => s is 0 or 2 or -2))).IsSingular ? Invertibility.AllElements
        : _system.Value.IsSingular ? Invertibility.Fails
        : Invertibility.ChosenOnly;

    /// <summary>The scale of each entry of the gradient, Aᵀ(b − Ax), and of each unknown the nearer bound's slack times its curvature.</summary>
    public static (double[] Scales, double[] Gradient, (double Slack, bool IsHigh)[] Slacks) Distances(Problem problem, double[] x, double[] low, double[] high)
    {
        var a = problem.Matrix(0);
        var b = problem.Vector(1);
        var fitted = a * Vector<double>.Build.DenseOfArray(x);
        double length = b.L2Norm() + fitted.L2Norm();
        return (
            [.. a.EnumerateColumns().Select(column => column.L2Norm() * length)],
            [.. a.TransposeThisAndMultiply(b - fitted)],
            [.. x.Select((v, j) =>
            {
                double curvature = a.Column(j).DotProduct(a.Column(j));
                bool isHigh = high[j] - v < v - low[j];
                return (curvature * Math.Min(high[j] - v, v - low[j]), isHigh);
            })]);
    }

    public override IReadOnlyList<double[]> Tangent(IReadOnlyList<double[]> tangents)
    {
        double[] moved = Held(_free, tangents);
        return [Spread(moved, _free, _system.Value.Solve(Right(_free, tangents, moved)))];
    }

    public override IReadOnlyList<double[]> Cotangent(IReadOnlyList<double[]> cotangents)
    {
        double[] c = cotangents[0];
        double[] u = Spread(new double[c.Length], _free, _system.Value.Solve([.. _free.Select(j => c[j])]));
        var y = _a * Vector<double>.Build.DenseOfArray(u);
        var held = _a.TransposeThisAndMultiply(y);
        double[] a = [.. Enumerable.Range(0, _a.RowCount).SelectMany(i => u.Select((v, j) => (_residual[i] * v) - (y[i] * _x[j])))];
        double[][] bounds = [new double[c.Length], new double[c.Length]];
        foreach (int j in Enumerable.Range(0, c.Length).Except(_free))
        {
            bounds[_state[j] > 0 ? 1 : 0][j] = c[j] - held[j];
        }

        return _problem.Values.Count == 2 ? [a, [.. y]] : [a, [.. y], .. bounds];
    }

    /// <summary>On the critical cone: a weakly active unknown may leave its bound inwards only.</summary>
    public override IReadOnlyList<double[]> Directional(IReadOnlyList<double[]> direction)
    {
        int[] free = Where(s => s is 0 or 2 or -2);
        int[] weak = [.. Enumerable.Range(0, free.Length).Where(i => _state[free[i]] != 0)];
        if (weak.Length == 0)
        {
            return Tangent(direction);
        }

        var gram = Gram(free);
        var system = LinearSystem.Equilibrated(gram);
        if (system.IsSingular)
        {
            throw new SingularSolutionException(
                "the columns of the free and weakly active unknowns are dependent: they have no directional derivative; leave a column out", system.PivotRatio);
        }

        var rows = new List<(int Unknown, double Sign, double Bound)>();
        foreach (int i in weak)
        {
            int j = free[i];
            bool both = _low[j] == _high[j];
            if (both || _state[j] < 0)
            {
                rows.Add((i, -1, -Bound(direction, 2, j)));
            }

            if (both || _state[j] > 0)
            {
                rows.Add((i, 1, Bound(direction, 3, j)));
            }
        }

        double[] moved = Held(free, direction);
        var point = QuadraticSolver.Solve(
            new(
                gram,
                -Vector<double>.Build.DenseOfArray(Right(free, direction, moved)),
                Matrix<double>.Build.Dense(rows.Count, free.Length, (r, i) => rows[r].Unknown == i ? rows[r].Sign : 0),
                Vector<double>.Build.Dense(rows.Count, r => rows[r].Bound)),
            1e-13,
            true);
        return [Spread(moved, free, [.. point.X])];
    }

    private static double Bound(IReadOnlyList<double[]> tangents, int parameter, int j) => tangents.Count == 2 ? 0 : tangents[parameter][j];

    private int[] Where(Predicate<long> state) => [.. Enumerable.Range(0, _state.Length).Where(j => state(_state[j]))];

    private Matrix<double> Gram(int[] set)
    {
        var columns = Dense.Columns(_a, set);
        return set.Length == 0 ? Dense.Zero(0, 0) : columns.TransposeThisAndMultiply(columns);
    }

    // What moves with its bound.
    private double[] Held(int[] free, IReadOnlyList<double[]> tangents)
    {
        double[] moved = new double[_x.Length];
        foreach (int j in Enumerable.Range(0, _x.Length).Except(free))
        {
            moved[j] = Bound(tangents, _state[j] > 0 ? 3 : 2, j);
        }

        return moved;
    }

    private double[] Right(int[] free, IReadOnlyList<double[]> tangents, double[] held)
    {
        var da = _problem.MatrixOf(0, tangents[0]);
        var moved = Vector<double>.Build.DenseOfArray(tangents[1])
            - (da * Vector<double>.Build.DenseOfArray(_x)) - (_a * Vector<double>.Build.DenseOfArray(held));
        var right = da.TransposeThisAndMultiply(_residual) + _a.TransposeThisAndMultiply(moved);
        return [.. free.Select(j => right[j])];
    }

    private static double[] Spread(double[] all, int[] set, IReadOnlyList<double> values)
    {
        for (int i = 0; i < set.Length; i++)
        {
            all[set[i]] = values[i];
        }

        return all;
    }
}
