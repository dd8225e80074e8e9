using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Selections;

namespace Nonsmooth.Solutions;

/// <summary>The derivative of a quadratic program's solution and multipliers by the reduced KKT system of the selected constraints.</summary>
internal sealed class QuadraticDerivative : SolutionDerivative
{
    private const double _weak = 1e-9;
    private const double _support = 1e-8;
    private readonly QuadraticData _data;
    private readonly Solution _solution;
    private readonly Problem _problem;
    private readonly int[] _chosen;
    private readonly Lazy<KktSystem> _system;
    private readonly Lazy<ActiveSystem> _dependent;

    public QuadraticDerivative(Problem problem, Solution solution, ActivityRule weak)
    {
        (_problem, _data, _solution) = (problem, Data(problem), solution);
        _chosen = Where(s => s == 1 || (s == 2 && weak == ActivityRule.Active));
        _system = new(() => new KktSystem(_data, _chosen));
        _dependent = new(() => new(_data.Ranged(), [.. _chosen, .. Enumerable.Range(_data.Inequalities, _data.Equalities)]));
    }

    public override bool HasUniqueMultipliers => !_system.Value.IsSingular || _dependent.Value.DependentRows is null;

    public override double Condition => _system.Value.Condition;

    public override IReadOnlyList<Margin> Margins
    {
        get
        {
            var distances = Distances(_data, _solution.Values[0], _solution.Values[1]);
            return [.. distances.Select((d, i) => new Margin(i, d, _solution.State[i] != 0, _solution.State[i] == 2))];
        }
    }

    // Q being semidefinite, every set between the strongly and all active ones has a regular matrix exactly when all rows are independent
    // and Q is definite where the strongly active ones vanish.
    public override Invertibility Invertibility
    {
        get
        {
            var all = new KktSystem(_data, Where(s => s > 0));
            var strong = new KktSystem(_data, Where(s => s == 1));
            return !all.IsSingular && !strong.IsSingular ? Invertibility.AllElements
                : _system.Value.IsSingular ? (_dependent.Value.FreeDirection is null ? Invertibility.Unknown : Invertibility.Fails)
                : Invertibility.ChosenOnly;
        }
    }

    public static QuadraticData Data(Problem problem)
    {
        var q = problem.Matrix(0);
        return new((q + q.Transpose()) / 2, problem.Vector(1), problem.Matrix(2), problem.Vector(3), problem.Matrix(4), problem.Vector(5));
    }

    /// <summary>A point as a solution: what is active, strongly or weakly.</summary>
    public static Solution Placed(QuadraticData data, QuadraticPoint point)
    {
        // Of slacks and multipliers each by its own row's and column's terms, so neither depends on units.
        var (_, slacks, forces) = RangedActivity.Of(data.Ranged(), [.. point.X], [.. point.Multipliers, .. point.Equality]);
        return new([[.. point.X], [.. point.Multipliers], [.. point.Equality]],
            [.. point.Multipliers.Select((_, i) => Math.Max(slacks[i], forces[i]) <= _weak ? 2L : forces[i] > slacks[i] ? 1 : 0)])
        {
            Residual = point.Residual(data),
            Iterations = point.Iterations,
            IsVerified = point.IsVerified,
        };
    }

    public override IReadOnlyList<double[]> Tangent(IReadOnlyList<double[]> tangents)
    {
        var (dual, primal, equality) = Right(tangents, _solution.Values[1]);
        return Spread(_chosen, Solve([.. dual, .. _chosen.Select(i => primal[i]), .. equality]));
    }

    public override IReadOnlyList<double[]> Cotangent(IReadOnlyList<double[]> cotangents) => Cotangent(cotangents, [0, 1, 2, 3, 4, 5]);

    public override IReadOnlyList<double[]> Cotangent(IReadOnlyList<double[]> cotangents, IReadOnlyList<int> wanted)
    {
        var parts = Spread(_chosen, Solve([.. cotangents[0], .. _chosen.Select(i => cotangents[1][i]), .. cotangents[2]]));
        var (u, v, w) = (parts[0], parts[1], parts[2]);
        var (z, lambda, nu) = (_solution.Values[0], _solution.Values[1], _solution.Values[2]);
        int n = z.Length;
        return
        [
            wanted.Contains(0) ? Outer(n, i => (-0.5 * z[i], -0.5 * u[i])) : [],
            Array.ConvertAll(u, x => -x),
            wanted.Contains(2) ? Outer(v.Length, i => _solution.State[i] == 0 ? (0, 0) : (-lambda[i], -v[i])) : [],
            v,
            wanted.Contains(4) ? Outer(w.Length, i => (-nu[i], -w[i])) : [],
            w,
        ];

        // Rows of multiples of u and of z.
        double[] Outer(int rows, Func<int, (double U, double Z)> shares)
        {
            double[] all = new double[rows * n];
            for (int i = 0; i < rows; i++)
            {
                var (ofU, ofZ) = shares(i);
                if (ofU != 0 || ofZ != 0)
                {
                    var row = all.AsSpan(i * n, n);
                    Lanes.Add(ofU, u, row);
                    Lanes.Add(ofZ, z, row);
                }
            }

            return all;
        }
    }

    public override IReadOnlyList<double[]> Directional(IReadOnlyList<double[]> direction)
    {
        int[] all = Where(s => s > 0);
        if (all.Length == Where(s => s == 1).Length)
        {
            return Tangent(direction);
        }

        double[] multipliers = new KktSystem(_data, all).IsSingular ? MovingMultipliers(all, direction) : _solution.Values[1];
        int[] strong = [.. all.Where(i => _solution.State[i] == 1 ? multipliers[i] > 0 : multipliers[i] > _support)];
        int[] weak = [.. all.Except(strong)];
        var (dual, primal, equality) = Right(direction, multipliers);
        var critical = new QuadraticData(
            _data.Q,
            -dual,
            Dense.Rows(_data.G, weak),
            Vector<double>.Build.Dense(weak.Length, i => primal[weak[i]]),
            Dense.Rows(_data.G, strong).Stack(_data.A),
            Vector<double>.Build.Dense([.. strong.Select(i => primal[i]), .. equality]));
        var point = QuadraticSolver.Solve(critical, 1e-13, true);
        double[] moved = new double[_data.Inequalities];
        for (int i = 0; i < weak.Length; i++)
        {
            moved[weak[i]] = point.Multipliers[i];
        }

        for (int i = 0; i < strong.Length; i++)
        {
            moved[strong[i]] = point.Equality[i];
        }

        return [[.. point.X], moved, [.. point.Equality.Skip(strong.Length)]];
    }

    // Of dependent constraints the multipliers are not unique: those count which the direction raises the value with the most
    // (Ralph and Dempe, 1995).
    private double[] MovingMultipliers(int[] all, IReadOnlyList<double[]> direction)
    {
        var z = Vector<double>.Build.DenseOfArray(_solution.Values[0]);
        var (_, primal, equality) = Right(direction, _solution.Values[1]);
        int size = all.Length + _data.Equalities;
        var rows = Dense.Rows(_data.G, all).Stack(_data.A);
        var point = QuadraticSolver.Solve(
            new(
                Dense.Zero(size, size),
                Vector<double>.Build.Dense([.. all.Select(i => primal[i]), .. equality]),
                Matrix<double>.Build.Dense(all.Length, size, (i, j) => i == j ? -1 : 0),
                Vector<double>.Build.Dense(all.Length),
                rows.Transpose(),
                -(_data.Q * z) - _data.Linear),
            1e-13,
            true);
        double[] multipliers = new double[_data.Inequalities];
        for (int i = 0; i < all.Length; i++)
        {
            multipliers[all[i]] = point.X[i] > _support * (1 + Dense.Largest(point.X)) ? point.X[i] : 0;
        }

        return multipliers;
    }

    // The larger of slack and multiplier of rows of length 1, unknowns and an objective of size 1.
    private static double[] Distances(QuadraticData data, double[] z, double[] lambda)
    {
        var (scaled, scale) = data.Scaled();
        var at = scale.Scaled(new(Vector<double>.Build.DenseOfArray(z), Vector<double>.Build.DenseOfArray(lambda), Vector<double>.Build.Dense(data.Equalities)));
        return [.. at.Slacks(scaled).Zip(at.Multipliers, (s, m) => Math.Max(Math.Abs(s), Math.Abs(m)))];
    }

    private int[] Where(Predicate<long> state) => [.. Enumerable.Range(0, _solution.State.Length).Where(i => state(_solution.State[i]))];

    // Of a singular system the solution in the unknowns may be the only one all the same: then rows are dependent.
    private double[] Solve(double[] right)
    {
        if (_solution.Kept is KeptSystem kept && kept.IsOf(_problem, _chosen))
        {
            return kept.Solve(right);
        }

        if (!_system.Value.IsSingular)
        {
            return _system.Value.Solve(right);
        }

        int n = _data.Unknowns;
        var (x, y) = _dependent.Value.Solve(right[..n], right[n..]);
        return [.. x, .. y];
    }

    // What the KKT system's right-hand side is when the parameters move and the solution does not.
    private (Vector<double> Dual, Vector<double> Primal, Vector<double> Equality) Right(
        IReadOnlyList<double[]> tangents, double[] multipliers)
    {
        var dq = _problem.MatrixOf(0, tangents[0]);
        var dg = _problem.MatrixOf(2, tangents[2]);
        var da = _problem.MatrixOf(4, tangents[4]);
        var z = Vector<double>.Build.DenseOfArray(_solution.Values[0]);
        var lambda = Vector<double>.Build.Dense(_data.Inequalities, i => _solution.State[i] == 0 ? 0 : multipliers[i]);
        var nu = Vector<double>.Build.DenseOfArray(_solution.Values[2]);
        var dual = -((dq + dq.Transpose()) / 2 * z) - Vector<double>.Build.DenseOfArray(tangents[1])
            - dg.TransposeThisAndMultiply(lambda) - da.TransposeThisAndMultiply(nu);
        return (dual, Vector<double>.Build.DenseOfArray(tangents[3]) - (dg * z), Vector<double>.Build.DenseOfArray(tangents[5]) - (da * z));
    }

    private IReadOnlyList<double[]> Spread(int[] set, double[] solution)
    {
        int n = _data.Unknowns;
        double[] multipliers = new double[_data.Inequalities];
        for (int i = 0; i < set.Length; i++)
        {
            multipliers[set[i]] = solution[n + i];
        }

        return [solution[..n], multipliers, solution[(n + set.Length)..]];
    }
}
