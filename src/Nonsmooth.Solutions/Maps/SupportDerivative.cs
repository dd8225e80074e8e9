using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Selections;

namespace Nonsmooth.Solutions;

/// <summary>The derivative of a regression with λ‖β‖₁ on the selected set of coefficients: of a lasso, an elastic net, a logistic lasso.</summary>
internal sealed class SupportDerivative : SolutionDerivative
{
    /// <summary>How far from its border a coefficient is weakly active, of ‖X_j‖·‖y‖, the largest correlation that it can have.</summary>
    public const double Weak = 1e-9;

    private readonly Problem _problem;
    private readonly Solution _solution;
    private readonly SupportModel _model;
    private readonly int[] _chosen;
    private readonly Lazy<LinearSystem> _system;

    public SupportDerivative(Problem problem, Solution solution, ActivityRule weak, SupportModel model)
    {
        (_problem, _solution, _model) = (problem, solution, model);
        _chosen = Where(s => s == 1 || (s == 2 && weak == ActivityRule.Active));
        _system = new(() => System(_chosen));
    }

    public override IReadOnlyList<Margin> Margins => MarginsOf(_problem, _solution, _model);

    public override double Condition => _system.Value.Condition;

    // Sets between are principal minors of the largest: positive definite where that is.
    public override Invertibility Invertibility =>
        !System(Where(s => s > 0)).IsSingular ? Invertibility.AllElements
        : _system.Value.IsSingular ? Invertibility.Fails
        : Invertibility.ChosenOnly;

    /// <summary>The state of a coefficient: its sign, twice its correlation's where it is weakly active.</summary>
    public static long State(double lambda, double beta, double correlation, double distance, double border) =>
        lambda == 0 ? (beta < 0 ? -1 : 1)
        : distance <= border ? (correlation < 0 ? -2 : 2)
        : Math.Sign(beta);

    /// <summary>Of zeros λ less the correlation, of others the coefficient times its curvature.</summary>
    public static IReadOnlyList<Margin> MarginsOf(Problem problem, Solution solution, SupportModel model)
    {
        double[] beta = solution.Values[0];
        double[] correlations = model.X.TransposeTimes(model.Score);
        double[] curvatures = model.X.Weighted(model.Curvature);
        double length = problem.Vector(1).L2Norm();
        return
        [
            .. beta.Select((b, j) =>
            {
                double distance = Math.Abs(solution.State[j]) != 1
                    ? Math.Abs(problem.Number(2) - Math.Abs(correlations[j]))
                    : Math.Abs(b) * (curvatures[j] + model.Ridge);

                // Without a penalty a zero is a kink in λ only.
                bool isWeak = Math.Abs(solution.State[j]) == 2 || (problem.Number(2) == 0 && distance <= Weak * Math.Sqrt(model.X.Squares[j]) * length);
                return new Margin(j, distance, solution.State[j] != 0, isWeak);
            }),
        ];
    }

    public override IReadOnlyList<double[]> Tangent(IReadOnlyList<double[]> tangents) =>
        [Dense.Spread(_solution.State.Length, _chosen, _system.Value.Solve(Right(_chosen, tangents)))];

    public override IReadOnlyList<double[]> Cotangent(IReadOnlyList<double[]> cotangents) => Cotangent(cotangents, [0, 1, 2, 3]);

    public override IReadOnlyList<double[]> Cotangent(IReadOnlyList<double[]> cotangents, IReadOnlyList<int> wanted)
    {
        double[] beta = _solution.Values[0];
        double[] values = _system.Value.Solve(Array.ConvertAll(_chosen, j => cotangents[0][j]));
        double[] u = Dense.Spread(_solution.State.Length, _chosen, values);
        double[] fitted = new double[_model.X.Rows];
        Lanes.Times(_model.X.Part(_chosen), values, fitted);
        double[] labels = new double[fitted.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = _model.Label[i] * fitted[i];
        }

        var (lambda, ridge) = (0.0, 0.0);
        foreach (int j in _chosen)
        {
            lambda -= Math.Sign(_solution.State[j]) * u[j];
            ridge -= beta[j] * u[j];
        }

        double[] x = wanted.Contains(0) ? Matrix(u, fitted) : [];
        return _model.HasRidge ? [x, labels, [lambda], [ridge]] : [x, labels, [lambda]];
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
        return [Dense.Spread(_solution.State.Length, free, [.. QuadraticSolver.Solve(new(Hessian(free), q, g, Vector<double>.Build.Dense(weak.Length)), 1e-13, true).X])];
    }

    private int[] Where(Predicate<long> magnitude) =>
        [.. Enumerable.Range(0, _solution.State.Length).Where(j => magnitude(Math.Abs(_solution.State[j])))];

    private Matrix<double> Hessian(int[] set) => Matrix<double>.Build.Dense(
        set.Length, set.Length, Design.Gram(_model.X.Part(set), _model.X.Rows, set.Length, _model.Curvature, _model.Ridge));

    private LinearSystem System(int[] set) => LinearSystem.Equilibrated(set.Length == 0 ? Dense.Zero(0, 0) : Hessian(set));

    // The cotangent of X: of the score u's, of the fit β's; zero in other columns.
    private double[] Matrix(double[] u, double[] fitted)
    {
        double[] beta = _solution.Values[0];
        int p = beta.Length;
        int[] columns = [.. Enumerable.Range(0, p).Where(j => u[j] != 0 || beta[j] != 0)];
        double[] x = new double[_model.X.Rows * p];
        for (int i = 0; i < _model.X.Rows; i++)
        {
            foreach (int j in columns)
            {
                x[(i * p) + j] = (_model.Score[i] * u[j]) - (_model.Curvature[i] * fitted[i] * beta[j]);
            }
        }

        return x;
    }

    // The tangent of X_jᵀs − μβ_j − λ·sign_j at fixed β.
    private double[] Right(int[] set, IReadOnlyList<double[]> tangents)
    {
        double[] beta = _solution.Values[0];
        var dx = new Design(tangents[0], _model.X.Rows, _model.X.Columns);
        double[] moved = dx.Times(beta);
        for (int i = 0; i < moved.Length; i++)
        {
            moved[i] = (_model.Label[i] * tangents[1][i]) - (_model.Curvature[i] * moved[i]);
        }

        double[] right = Array.ConvertAll(set, j => -(tangents[2][0] * Math.Sign(_solution.State[j])) - (_model.HasRidge ? tangents[3][0] * beta[j] : 0));
        Lanes.AddTransposed(dx.Part(set), _model.Score, right);
        Lanes.AddTransposed(_model.X.Part(set), moved, right);
        return right;
    }
}
