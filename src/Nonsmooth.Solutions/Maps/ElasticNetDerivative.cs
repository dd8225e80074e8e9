using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Selections;

namespace Nonsmooth.Solutions;

/// <summary>The derivative of the elastic net on the selected set of coefficients.</summary>
internal sealed class ElasticNetDerivative : SolutionDerivative
{
    private const double _weak = 1e-9;
    private readonly Problem _problem;
    private readonly Solution _solution;
    private readonly Matrix<double> _x;
    private readonly Vector<double> _residual;
    private readonly int[] _chosen;
    private readonly Lazy<LinearSystem> _system;

    public ElasticNetDerivative(Problem problem, Solution solution, ActivityRule weak)
    {
        (_problem, _solution, _x) = (problem, solution, problem.Matrix(0));
        _residual = problem.Vector(1) - (_x * Vector<double>.Build.DenseOfArray(solution.Values[0]));
        _chosen = Where(s => s == 1 || (s == 2 && weak == ActivityRule.Active));
        _system = new(() => System(_chosen));
    }

    public override IReadOnlyList<Margin> Margins => MarginsOf(_problem, _solution);

    public override double Condition => _system.Value.Condition;

    // Sets between are principal minors of the largest: positive definite where that is.
    public override Invertibility Invertibility =>
        !System(Where(s => s > 0)).IsSingular ? Invertibility.AllElements
        : _system.Value.IsSingular ? Invertibility.Fails
        : Invertibility.ChosenOnly;

    /// <summary>At most how far from its border a coefficient is weakly active: 1e-9 of ‖X_j‖·‖y‖, the largest correlation that it can have.</summary>
    public static double[] Borders(Problem problem)
    {
        double length = problem.Vector(1).L2Norm();
        return [.. problem.Matrix(0).EnumerateColumns().Select(x => _weak * x.L2Norm() * length)];
    }

    /// <summary>Of zeros λ less the correlation, of others the coefficient times its curvature.</summary>
    public static IReadOnlyList<Margin> MarginsOf(Problem problem, Solution solution)
    {
        var x = problem.Matrix(0);
        double[] beta = solution.Values[0];
        var correlations = x.TransposeThisAndMultiply(problem.Vector(1) - (x * Vector<double>.Build.DenseOfArray(beta)));
        double[] borders = Borders(problem);
        return
        [
            .. beta.Select((b, j) =>
            {
                double distance = Math.Abs(solution.State[j]) != 1
                    ? Math.Abs(problem.Number(2) - Math.Abs(correlations[j]))
                    : Math.Abs(b) * (x.Column(j).DotProduct(x.Column(j)) + problem.Number(3));

                // Without a penalty a zero is a kink in λ only.
                bool isWeak = Math.Abs(solution.State[j]) == 2 || (problem.Number(2) == 0 && distance <= borders[j]);
                return new Margin(j, distance, solution.State[j] != 0, isWeak);
            }),
        ];
    }

    public override IReadOnlyList<double[]> Tangent(IReadOnlyList<double[]> tangents) =>
        [Spread(_chosen, _system.Value.Solve(Right(_chosen, tangents)))];

    public override IReadOnlyList<double[]> Cotangent(IReadOnlyList<double[]> cotangents)
    {
        double[] beta = _solution.Values[0];
        double[] u = Spread(_chosen, _system.Value.Solve([.. _chosen.Select(j => cotangents[0][j])]));
        var y = _x * Vector<double>.Build.DenseOfArray(u);
        double[] x = new double[_x.RowCount * u.Length];
        double lambda = 0;
        double ridge = 0;
        for (int j = 0; j < u.Length; j++)
        {
            lambda -= Math.Sign(_solution.State[j]) * u[j];
            ridge -= beta[j] * u[j];
            for (int i = 0; i < _x.RowCount; i++)
            {
                x[(i * u.Length) + j] = (_residual[i] * u[j]) - (y[i] * beta[j]);
            }
        }

        return [x, [.. y], [lambda], [ridge]];
    }

    public override IReadOnlyList<double[]> Directional(IReadOnlyList<double[]> direction)
    {
        if (direction[2][0] != 0 && _problem.Number(2) == 0 && Margins.Any(m => m.IsWeak))
        {
            throw new SolutionException(
                "lambda is 0 and so is a coefficient: along lambda the solution has a derivative on one side only; hold lambda, or give a positive one");
        }

        int[] free = Where(s => s > 0);
        var system = System(free);
        int[] weak = [.. Enumerable.Range(0, free.Length).Where(i => Math.Abs(_solution.State[free[i]]) == 2)];
        if (weak.Length == 0)
        {
            return Tangent(direction);
        }

        if (system.IsSingular)
        {
            throw new SingularSolutionException(
                "the columns of the equicorrelation set are dependent: the coefficients have no directional derivative; add a ridge", system.PivotRatio);
        }

        // On the critical cone: a weakly active coefficient may only leave 0 with the sign of its correlation.
        var g = Dense.Zero(weak.Length, free.Length);
        for (int i = 0; i < weak.Length; i++)
        {
            g[i, weak[i]] = -Math.Sign(_solution.State[free[weak[i]]]);
        }

        var q = -Vector<double>.Build.DenseOfArray(Right(free, direction));
        return [Spread(free, [.. QuadraticSolver.Solve(new(Matrix(free), q, g, Vector<double>.Build.Dense(weak.Length)), 1e-13, true).X])];
    }

    private int[] Where(Predicate<long> magnitude) =>
        [.. Enumerable.Range(0, _solution.State.Length).Where(j => magnitude(Math.Abs(_solution.State[j])))];

    private Matrix<double> Matrix(int[] set)
    {
        var x = Dense.Columns(_x, set);
        return set.Length == 0 ? x : x.TransposeThisAndMultiply(x) + (_problem.Number(3) * Matrix<double>.Build.DenseIdentity(set.Length));
    }

    private LinearSystem System(int[] set) => LinearSystem.Equilibrated(set.Length == 0 ? Dense.Zero(0, 0) : Matrix(set));

    // The tangent of X_jᵀ(y − Xβ) − μβ_j − λs_j at fixed β.
    private double[] Right(int[] set, IReadOnlyList<double[]> tangents)
    {
        double[] beta = _solution.Values[0];
        var dx = _problem.MatrixOf(0, tangents[0]);
        var moved = Vector<double>.Build.DenseOfArray(tangents[1]) - (dx * Vector<double>.Build.DenseOfArray(beta));
        var right = dx.TransposeThisAndMultiply(_residual) + _x.TransposeThisAndMultiply(moved);
        return [.. set.Select(j => right[j] - (tangents[2][0] * Math.Sign(_solution.State[j])) - (tangents[3][0] * beta[j]))];
    }

    private double[] Spread(int[] set, IReadOnlyList<double> values)
    {
        double[] all = new double[_solution.State.Length];
        for (int i = 0; i < set.Length; i++)
        {
            all[set[i]] = values[i];
        }

        return all;
    }
}
