using MathNet.Numerics.LinearAlgebra;

namespace Nonsmooth.Solutions;

/// <summary>Mehrotra's predictor and corrector for convex quadratic programs, from an infeasible start.</summary>
/// <remarks>Source: Nocedal and Wright (2006), section 16.6; the start of Vandenberghe (2010), 5.3. The matrix is shifted by 1e-12, the solves refined.</remarks>
internal static class InteriorPoint
{
    private const int _most = 100;
    private const double _rounding = 1e-3;
    private const double _short = 0.995;

    /// <summary>A point with a residual of at most the tolerance; null where the iterates do not get there.</summary>
    /// <param name="data">A problem of size about 1.</param>
    /// <param name="tolerance">The residual, of a row relative to its bound and the unknowns, of the gradient to the multipliers, of the gap to the objective.</param>
    public static QuadraticPoint? Run(QuadraticData data, double tolerance)
    {
        var (n, m, p) = (data.Unknowns, data.Inequalities, data.Equalities);
        var (linear, h, b) = (data.Linear.AsArray(), data.H.AsArray(), data.B.AsArray());
        var (g, a) = (data.Inequality, data.Equality);
        var system = new SaddleSystem(data);
        var (x, nu, s, lambda) = (new double[n], new double[p], new double[m], new double[m]);
        var (dual, primal, equality, curved, weights) = (new double[n], new double[m], new double[p], new double[n], new double[m]);
        var (known, right) = (new double[m], new double[n]);
        var (guess, step) = (new Direction(n, m, p), new Direction(n, m, p));

        Array.Fill(weights, 1);
        system.Factor(weights);
        for (int j = 0; j < n; j++)
        {
            right[j] = -linear[j];
        }

        g.AddTransposed(h, right);
        system.Solve(right, b, x, nu);
        g.Times(x, lambda);
        for (int i = 0; i < m; i++)
        {
            lambda[i] -= h[i];
            s[i] = -lambda[i];
        }

        MakePositive(s);
        MakePositive(lambda);
        for (int iteration = 1; iteration <= _most; iteration++)
        {
            Lanes.Times(data.Curved, x, curved);
            for (int j = 0; j < n; j++)
            {
                dual[j] = curved[j] + linear[j];
            }

            g.AddTransposed(lambda, dual);
            a.AddTransposed(nu, dual);
            g.Times(x, primal);
            a.Times(x, equality);
            double size = 1 + Lanes.Largest(x);
            double force = 1 + Math.Max(Lanes.Largest(curved), Math.Max(Lanes.Largest(lambda), Lanes.Largest(nu)));
            double value = 1 + Math.Max(Math.Abs(Lanes.Dot(x, curved)), Math.Abs(Lanes.Dot(linear, x)));
            double residual = Lanes.Largest(dual) / force;

            // A row's own bound is what its residual is rounded with: a far one says nothing of the others.
            for (int i = 0; i < m; i++)
            {
                primal[i] += s[i] - h[i];
                residual = Math.Max(residual, Math.Abs(primal[i]) / (size + (_rounding * Math.Abs(h[i]))));
            }

            for (int e = 0; e < p; e++)
            {
                equality[e] -= b[e];
                residual = Math.Max(residual, Math.Abs(equality[e]) / size);
            }

            double mu = m == 0 ? 0 : Lanes.Dot(s, lambda) / m;
            if (!double.IsFinite(residual) || !double.IsFinite(mu))
            {
                return null;
            }

            if (residual <= tolerance && mu <= tolerance * value)
            {
                return new(Of(x), Of(lambda), Of(nu)) { Iterations = iteration };
            }

            for (int i = 0; i < m; i++)
            {
                weights[i] = lambda[i] / s[i];
            }

            system.Factor(weights);
            Towards(guess, 0, null);
            double affine = Longest(s, guess.Slacks, lambda, guess.Multipliers);
            double ahead = 0;
            for (int i = 0; i < m; i++)
            {
                ahead += (s[i] + (affine * guess.Slacks[i])) * (lambda[i] + (affine * guess.Multipliers[i])) / m;
            }

            Towards(step, mu == 0 ? 0 : Math.Pow(ahead / mu, 3) * mu, guess);
            double length = Math.Min(1, _short * Longest(s, step.Slacks, lambda, step.Multipliers));
            Lanes.Add(length, step.X, x);
            Lanes.Add(length, step.Equality, nu);
            Lanes.Add(length, step.Multipliers, lambda);
            Lanes.Add(length, step.Slacks, s);
        }

        return null;

        // The Newton direction to s∘λ = target, with the second-order terms of a guess.
        void Towards(Direction to, double target, Direction? ahead)
        {
            for (int i = 0; i < m; i++)
            {
                double complementarity = (s[i] * lambda[i]) + (ahead is null ? 0 : ahead.Slacks[i] * ahead.Multipliers[i]) - target;
                known[i] = (weights[i] * primal[i]) - (complementarity / s[i]);
            }

            for (int j = 0; j < n; j++)
            {
                right[j] = -dual[j];
            }

            g.AddTransposed(known, right, -1);
            double[] below = Array.ConvertAll(equality, e => -e);
            system.Solve(right, below, to.X, to.Equality);
            g.Times(to.X, to.Slacks);
            for (int i = 0; i < m; i++)
            {
                to.Multipliers[i] = known[i] + (weights[i] * to.Slacks[i]);
                to.Slacks[i] = -primal[i] - to.Slacks[i];
            }
        }
    }

    private static Vector<double> Of(double[] numbers) => Vector<double>.Build.Dense(numbers);

    private static void MakePositive(double[] numbers)
    {
        double least = numbers.Length == 0 ? 1 : numbers.Min();
        if (least > 1e-8 * (1 + Lanes.Largest(numbers)))
        {
            return;
        }

        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] += 1 - least;
        }
    }

    private static double Longest(double[] s, double[] ds, double[] lambda, double[] dlambda)
    {
        double longest = 1 / _short;
        for (int i = 0; i < s.Length; i++)
        {
            longest = ds[i] < 0 ? Math.Min(longest, -s[i] / ds[i]) : longest;
            longest = dlambda[i] < 0 ? Math.Min(longest, -lambda[i] / dlambda[i]) : longest;
        }

        return longest;
    }

    private sealed class Direction(int n, int m, int p)
    {
        public double[] X { get; } = new double[n];

        public double[] Equality { get; } = new double[p];

        public double[] Multipliers { get; } = new double[m];

        public double[] Slacks { get; } = new double[m];
    }
}
