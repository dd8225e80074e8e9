using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Mathematics;

namespace Nonsmooth.Solutions;

/// <summary>Solves Σ log(1 + exp(−y·Xβ)) + λ‖β‖₁ by Newton's method whose steps are lassos, on a working set.</summary>
/// <remarks>Source: Friedman, Hastie, Tibshirani (2010), section 3; Lee, Sun, Saunders (2014) for its convergence and the line search.</remarks>
internal sealed class LogisticSolver
{
    private const int _most = 200;
    private const int _halvings = 40;
    private const double _rounding = 1e-13;
    private const double _decrease = 1e-4;
    private readonly Design _x;
    private readonly double[] _y;
    private readonly double[] _sizes;
    private readonly double _lambda;
    private int _steps;

    public LogisticSolver(Problem problem)
    {
        (_x, _y, _lambda) = (SupportModel.Matrix(problem), problem.Values[1], problem.Number(2));
        double length = problem.Vector(1).L2Norm();
        _sizes = Array.ConvertAll(_x.Squares, s => Math.Sqrt(s) * length);
        Scale = Math.Max(Lanes.Largest(_x.TransposeTimes(_y)), double.Epsilon);
    }

    /// <summary>What distances and residuals are relative to: the largest |X_jᵀy|.</summary>
    public double Scale { get; }

    /// <summary>The loss's derivatives at a point.</summary>
    public SupportModel At(double[] beta) => SupportModel.Logistic(_x, _y, _x.Times(beta));

    /// <summary>By how much the optimality conditions are violated at most.</summary>
    public double Residual(double[] beta, double[] correlations) => GramLasso.Residual(beta, correlations, _lambda);

    /// <summary>The solution, and how many Newton steps it took.</summary>
    /// <exception cref="NotConvergedException">They did not end.</exception>
    public (double[] Beta, int Steps) Solve(double tolerance)
    {
        double[] beta = new double[_x.Columns];
        double[] correlations = _x.TransposeTimes(At(beta).Score);
        var set = new WorkingSet(correlations, []);
        do
        {
            beta = On(set.Columns, beta, tolerance);
            correlations = _x.TransposeTimes(At(beta).Score);
        }
        while (set.Grow(correlations, _lambda, j => _rounding * _sizes[j]));
        return (beta, _steps);
    }

    /// <summary>One Newton step on the nonzero coefficients; null where their system is singular, or a sign changes.</summary>
    public double[]? Newton(double[] beta)
    {
        int[] support = [.. Enumerable.Range(0, beta.Length).Where(j => beta[j] != 0)];
        var model = At(beta);
        double[] part = _x.Part(support);
        var system = LinearSystem.Equilibrated(Matrix<double>.Build.Dense(
            support.Length, support.Length, Design.Gram(part, _x.Rows, support.Length, model.Curvature, 0)));
        if (system.IsSingular)
        {
            return null;
        }

        double[] right = Array.ConvertAll(support, j => -_lambda * Math.Sign(beta[j]));
        Lanes.AddTransposed(part, model.Score, right);
        double[] step = system.Solve(right);
        double[] next = [.. beta];
        for (int i = 0; i < support.Length; i++)
        {
            next[support[i]] += step[i];
        }

        return Array.TrueForAll(support, j => next[j] * beta[j] > 0) ? next : null;
    }

    // Steps until the conditions hold to the tolerance and another step makes them no better.
    private double[] On(int[] set, double[] beta, double tolerance)
    {
        double[] part = _x.Part(set);
        double[] sizes = Array.ConvertAll(set, j => _sizes[j]);
        double[] at = Array.ConvertAll(set, j => beta[j]);
        double[] fitted = new double[_x.Rows];
        Lanes.Times(part, at, fitted);
        var (before, last) = (at, double.PositiveInfinity);
        for (int step = 0; step < _most; step++)
        {
            var model = SupportModel.Logistic(_x, _y, fitted);
            double[] slopes = new double[set.Length];
            Lanes.AddTransposed(part, model.Score, slopes);
            double residual = GramLasso.Residual(at, slopes, _lambda);
            if (last <= tolerance * Scale && residual >= 0.5 * last)
            {
                return Dense.Spread(_x.Columns, set, residual < last ? at : before);
            }

            (before, last) = (at, residual);
            _steps++;
            double[] hessian = Design.Gram(part, _x.Rows, set.Length, model.Curvature, 0);
            double[] linear = [.. slopes];
            Lanes.AddTransposed(hessian, at, linear);
            var (goal, _) = new GramLasso(hessian, linear, _lambda, sizes, Scale).Solve(at, Math.Clamp(1e-3 * residual / Scale, 1e-15, 1e-3), true);
            (at, fitted) = Along(part, at, goal, fitted, slopes, residual <= 1e-6 * Scale);
        }

        throw new NotConvergedException(FormattableString.Invariant(
            $"Newton's method: residual {last:G3} after {_most} steps; where a plane separates the labels the penalty must not be 0 or nearly so: raise lambda"), last);
    }

    // Armijo's rule; near the solution the objective tells nothing any more, and steps are whole.
    private (double[] At, double[] Fitted) Along(double[] part, double[] at, double[] goal, double[] fitted, double[] slopes, bool near)
    {
        double[] ahead = new double[fitted.Length];
        Lanes.Times(part, goal, ahead);
        if (near)
        {
            return (goal, ahead);
        }

        double foreseen = _lambda * (goal.Sum(Math.Abs) - at.Sum(Math.Abs));
        for (int j = 0; j < at.Length; j++)
        {
            foreseen -= slopes[j] * (goal[j] - at[j]);
        }

        double value = Value(at, fitted);
        double length = 1;
        for (int half = 0; half < _halvings; half++, length /= 2)
        {
            double[] next = [.. at.Zip(goal, (a, b) => a + (length * (b - a)))];
            double[] there = [.. fitted.Zip(ahead, (a, b) => a + (length * (b - a)))];
            if (Value(next, there) <= value + (_decrease * length * foreseen))
            {
                return (next, there);
            }
        }

        return (goal, ahead);
    }

    private double Value(double[] beta, double[] fitted)
    {
        double sum = _lambda * beta.Sum(Math.Abs);
        for (int i = 0; i < fitted.Length; i++)
        {
            double m = _y[i] * fitted[i];
            sum += Math.Max(0, -m) + Transcendental.LogP1(Transcendental.Exp(-Math.Abs(m)));
        }

        return sum;
    }
}
