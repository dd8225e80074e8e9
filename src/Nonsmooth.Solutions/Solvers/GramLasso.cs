using MathNet.Numerics.LinearAlgebra;

namespace Nonsmooth.Solutions;

/// <summary>Solves min ½βᵀHβ − cᵀβ + λ‖β‖₁ for a positive semidefinite H by coordinate descent, then exactly on its support.</summary>
/// <remarks>Source: Friedman, Hastie, Tibshirani (2010), covariance updates, nonzero coefficients more often than others; the support's linear system afterwards.</remarks>
/// <param name="h">H, row-major.</param>
/// <param name="c">c.</param>
/// <param name="lambda">λ.</param>
/// <param name="sizes">Of each coefficient what its correlation is rounded with.</param>
/// <param name="scale">What tolerances are relative to.</param>
internal sealed class GramLasso(double[] h, double[] c, double lambda, double[] sizes, double scale)
{
    private const int _mostSweeps = 200_000;
    private const int _mostChanges = 50;
    private const int _inner = 10;
    private const double _sure = 1e-6;
    private const double _rounding = 1e-13;
    private readonly int _n = c.Length;

    /// <summary>c − Hβ, which is λ times a sign at every nonzero coefficient.</summary>
    public double[] Correlations(double[] beta)
    {
        double[] r = [.. c];
        for (int j = 0; j < _n; j++)
        {
            if (beta[j] != 0)
            {
                Lanes.Add(-beta[j], h.AsSpan(j * _n, _n), r);
            }
        }

        return r;
    }

    /// <summary>By how much the optimality conditions of a penalty λ are violated at most.</summary>
    public static double Residual(double[] beta, double[] r, double lambda)
    {
        double worst = 0;
        for (int j = 0; j < r.Length; j++)
        {
            worst = Math.Max(worst, beta[j] == 0 ? Math.Abs(r[j]) - lambda : Math.Abs(r[j] - (lambda * Math.Sign(beta[j]))));
        }

        return worst;
    }

    /// <summary>Coordinate descent from a start until the residual is below a tolerance times the scale; polished on its support if wished.</summary>
    /// <exception cref="NotConvergedException">It took too long.</exception>
    public (double[] Beta, int Sweeps) Solve(double[] start, double tolerance, bool polish)
    {
        double[] beta = [.. start];
        double goal = (polish ? Math.Max(tolerance, 1e-4) : tolerance) * scale;
        double[] r = Correlations(beta);
        for (int sweep = 1; sweep <= _mostSweeps; sweep++)
        {
            Sweep(beta, r, false);
            for (int inner = 0; inner < _inner && Sweep(beta, r, true) > goal; inner++)
            {
                sweep++;
            }

            if (Residual(beta, r, lambda) > goal)
            {
                continue;
            }

            r = Correlations(beta);
            double residual = Residual(beta, r, lambda);
            if (residual > goal)
            {
                continue;
            }

            if (!polish)
            {
                return (beta, sweep);
            }

            // A support of which the exact solution is no better is not the right one yet: descend further.
            if (Polish(beta) is { } exact && Residual(exact, Correlations(exact), lambda) is var left && (left <= tolerance * scale || (goal <= _sure * scale && left <= 2 * residual)))
            {
                return (exact, sweep);
            }

            if (goal <= tolerance * scale)
            {
                return (beta, sweep);
            }

            goal = Math.Max(goal / 100, tolerance * scale);
        }

        double end = Residual(beta, Correlations(beta), lambda);
        throw new NotConvergedException(FormattableString.Invariant(
            $"coordinate descent: residual {end:G3} after {_mostSweeps} sweeps; raise the tolerance, or add a ridge"), end);
    }

    /// <summary>The exact solution that has nearly the given one's support; null if some changes of it do not end in one.</summary>
    public double[]? Polish(double[] near)
    {
        int[] signs = Array.ConvertAll(near, Math.Sign);
        for (int change = 0; change < _mostChanges; change++)
        {
            if (On(signs) is not { } beta)
            {
                return null;
            }

            double[] r = Correlations(beta);
            var (flips, worst, most) = (false, -1, 0.0);
            for (int j = 0; j < _n; j++)
            {
                if (signs[j] != 0 && beta[j] * signs[j] < 0)
                {
                    (flips, signs[j]) = (true, 0);
                }
                else if (signs[j] == 0 && Math.Abs(r[j]) > lambda + (_rounding * sizes[j]) && (Math.Abs(r[j]) - lambda) / sizes[j] > most)
                {
                    (worst, most) = (j, (Math.Abs(r[j]) - lambda) / sizes[j]);
                }
            }

            if (flips)
            {
                continue;
            }

            if (worst < 0)
            {
                return beta;
            }

            signs[worst] = Math.Sign(r[worst]);
        }

        return null;
    }

    private double[]? On(int[] signs)
    {
        int[] support = [.. Enumerable.Range(0, _n).Where(j => signs[j] != 0)];
        if (support.Length == 0)
        {
            return new double[_n];
        }

        double[] part = new double[support.Length * support.Length];
        for (int i = 0; i < support.Length; i++)
        {
            for (int j = 0; j < support.Length; j++)
            {
                part[(i * support.Length) + j] = h[(support[i] * _n) + support[j]];
            }
        }

        var system = LinearSystem.Equilibrated(Matrix<double>.Build.Dense(support.Length, support.Length, part));
        if (system.IsSingular)
        {
            return null;
        }

        return Dense.Spread(_n, support, system.Solve(Array.ConvertAll(support, j => c[j] - (lambda * signs[j]))));
    }

    // The largest change that a step made in its coefficient's own correlation.
    private double Sweep(double[] beta, double[] r, bool nonzeros)
    {
        double most = 0;
        for (int j = 0; j < _n; j++)
        {
            double curvature = h[(j * _n) + j];
            if (curvature <= 0 || (nonzeros && beta[j] == 0))
            {
                continue;
            }

            double target = r[j] + (curvature * beta[j]);
            double step = (Math.Sign(target) * Math.Max(0, Math.Abs(target) - lambda) / curvature) - beta[j];
            if (step != 0)
            {
                beta[j] = Math.Abs(target) <= lambda ? 0 : beta[j] + step;
                most = Math.Max(most, Math.Abs(step) * curvature);
                Lanes.Add(-step, h.AsSpan(j * _n, _n), r);
            }
        }

        return most;
    }
}
