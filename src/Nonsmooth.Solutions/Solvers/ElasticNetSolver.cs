using MathNet.Numerics.LinearAlgebra;

namespace Nonsmooth.Solutions;

/// <summary>Solves min ½βᵀHβ − cᵀβ + λ‖β‖₁ for a positive semidefinite H by coordinate descent, then exactly on its support.</summary>
/// <remarks>Source: Friedman, Hastie, Tibshirani (2010), covariance updates; the support's linear system afterwards.</remarks>
internal sealed class ElasticNetSolver
{
    private const int _mostSweeps = 200_000;
    private const int _mostChanges = 50;
    private readonly Matrix<double> _h;
    private readonly Vector<double> _c;
    private readonly double _lambda;
    private readonly double[] _sizes;

    public ElasticNetSolver(Matrix<double> h, Vector<double> c, double lambda)
    {
        (_h, _c, _lambda) = (h, c, lambda);
        double[] lengths = [.. h.Diagonal().Select(v => Math.Sqrt(Math.Max(0, v)))];
        double longest = c.Select((v, j) => lengths[j] > 0 ? Math.Abs(v) / lengths[j] : 0).DefaultIfEmpty(0).Max();
        _sizes = [.. lengths.Select(l => l * longest)];
        Scale = Math.Max(Dense.Largest(c), double.Epsilon);
    }

    /// <summary>What distances and residuals are relative to: the largest |c|.</summary>
    public double Scale { get; }

    /// <summary>A diagonal entry of H.</summary>
    public double Diagonal(int j) => _h[j, j];

    /// <summary>c − Hβ, which is λ times a sign at every nonzero coefficient.</summary>
    public Vector<double> Correlations(Vector<double> beta) => _c - (_h * beta);

    /// <summary>By how much the optimality conditions are violated at most.</summary>
    public double Residual(Vector<double> beta)
    {
        var r = Correlations(beta);
        return beta.Select((b, j) => b == 0 ? Math.Max(0, Math.Abs(r[j]) - _lambda) : Math.Abs(r[j] - (_lambda * Math.Sign(b)))).DefaultIfEmpty(0).Max();
    }

    /// <summary>Coordinate descent until the residual is below a tolerance times the scale; polished on its support if wished.</summary>
    /// <exception cref="NotConvergedException">It took too long.</exception>
    public (Vector<double> Beta, int Sweeps) Solve(double tolerance, bool polish)
    {
        var beta = Vector<double>.Build.Dense(_c.Count);
        double goal = (polish ? Math.Max(tolerance, 1e-6) : tolerance) * Scale;
        for (int sweep = 1; sweep <= _mostSweeps; sweep++)
        {
            Sweep(beta);
            if (Residual(beta) > goal)
            {
                continue;
            }

            if (!polish)
            {
                return (beta, sweep);
            }

            // A support of which the exact solution is no better is not the right one yet: descend further.
            if (Polish(beta) is { } exact && Residual(exact) <= Math.Max(tolerance * Scale, 2 * Residual(beta)))
            {
                return (exact, sweep);
            }

            if (goal <= tolerance * Scale)
            {
                return (beta, sweep);
            }

            goal = Math.Max(goal / 100, tolerance * Scale);
        }

        throw new NotConvergedException(FormattableString.Invariant(
            $"coordinate descent: residual {Residual(beta):G3} after {_mostSweeps} sweeps; raise the tolerance, or add a ridge"), Residual(beta));
    }

    /// <summary>The exact solution that has nearly the given one's support; null if some changes of it do not end in one.</summary>
    public Vector<double>? Polish(Vector<double> near)
    {
        var signs = near.Select(Math.Sign).ToArray();
        for (int change = 0; change < _mostChanges; change++)
        {
            int[] support = [.. Enumerable.Range(0, signs.Length).Where(j => signs[j] != 0)];
            if (On(support, signs) is not { } beta)
            {
                return null;
            }

            var r = Correlations(beta);
            int[] flipped = [.. support.Where(j => beta[j] * signs[j] < 0)];
            int worst = Enumerable.Range(0, signs.Length).Where(j => signs[j] == 0 && Math.Abs(r[j]) > _lambda + (1e-13 * _sizes[j]))
                .OrderByDescending(j => (Math.Abs(r[j]) - _lambda) / _sizes[j]).FirstOrDefault(-1);
            if (flipped.Length > 0)
            {
                Array.ForEach(flipped, j => signs[j] = 0);
            }
            else if (worst >= 0)
            {
                signs[worst] = Math.Sign(r[worst]);
            }
            else
            {
                return beta;
            }
        }

        return null;
    }

    private Vector<double>? On(int[] support, int[] signs)
    {
        var beta = Vector<double>.Build.Dense(signs.Length);
        if (support.Length == 0)
        {
            return beta;
        }

        var system = LinearSystem.Equilibrated(Dense.Columns(Dense.Rows(_h, support), support));
        if (system.IsSingular)
        {
            return null;
        }

        double[] solution = system.Solve([.. support.Select(j => _c[j] - (_lambda * signs[j]))]);
        for (int i = 0; i < support.Length; i++)
        {
            beta[support[i]] = solution[i];
        }

        return beta;
    }

    private void Sweep(Vector<double> beta)
    {
        var r = Correlations(beta);
        for (int j = 0; j < beta.Count; j++)
        {
            if (_h[j, j] <= 0)
            {
                continue;
            }

            double target = r[j] + (_h[j, j] * beta[j]);
            double moved = Math.Sign(target) * Math.Max(0, Math.Abs(target) - _lambda) / _h[j, j];
            double step = moved - beta[j];
            if (step != 0)
            {
                beta[j] = moved;
                for (int k = 0; k < beta.Count; k++)
                {
                    r[k] -= step * _h[k, j];
                }
            }
        }
    }
}
