using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Nonsmooth.Solutions;

/// <summary>Mehrotra's predictor and corrector for convex quadratic programs, from an infeasible start.</summary>
/// <remarks>Source: Nocedal and Wright (2006), section 16.6; the start of Vandenberghe (2010), 5.3. The matrix is shifted by 1e-12, the solves refined.</remarks>
internal static class InteriorPoint
{
    private const int _most = 100;
    private const double _rounding = 1e-3;

    /// <summary>A point with a residual of at most the tolerance; null where the iterates do not get there.</summary>
    /// <param name="data">A problem of size about 1.</param>
    /// <param name="tolerance">The residual, of a row relative to its bound and the unknowns, of the gradient to the multipliers, of the gap to the objective.</param>
    public static QuadraticPoint? Run(QuadraticData data, double tolerance)
    {
        int m = data.Inequalities;
        var (x, nu) = new NewtonSystem(data, Vector<double>.Build.Dense(m, 1)).Solve(data.G.TransposeThisAndMultiply(data.H) - data.Linear, data.B);
        var start = (data.G * x) - data.H;
        var s = Positive(-start);
        var lambda = Positive(start);
        for (int iteration = 1; iteration <= _most; iteration++)
        {
            var dual = (data.Q * x) + data.Linear + data.G.TransposeThisAndMultiply(lambda) + data.A.TransposeThisAndMultiply(nu);
            var primal = (data.G * x) + s - data.H;
            var equality = (data.A * x) - data.B;
            double mu = m == 0 ? 0 : s.DotProduct(lambda) / m;
            double size = 1 + Dense.Largest(x);
            double force = 1 + Math.Max(Dense.Largest(data.Q * x), Math.Max(Dense.Largest(lambda), Dense.Largest(nu)));
            double value = 1 + Math.Max(Math.Abs(x.DotProduct(data.Q * x)), Math.Abs(data.Linear.DotProduct(x)));

            // A row's own bound is what its residual is rounded with: a far one says nothing of the others.
            double far = primal.Select((r, i) => Math.Abs(r) / (size + (_rounding * Math.Abs(data.H[i])))).DefaultIfEmpty(0).Max();
            double residual = Math.Max(Dense.Largest(dual) / force, Math.Max(far, Dense.Largest(equality) / size));
            if (!double.IsFinite(residual) || !double.IsFinite(mu))
            {
                return null;
            }

            if (residual <= tolerance && mu <= tolerance * value)
            {
                return new(x, lambda, nu) { Iterations = iteration };
            }

            var system = new NewtonSystem(data, lambda.PointwiseDivide(s));
            var (dx, dnu, dlambda, ds) = Step(lambda.PointwiseMultiply(s));
            double affine = Longest(s, ds, lambda, dlambda);
            double ahead = m == 0 ? 0 : (s + (affine * ds)).DotProduct(lambda + (affine * dlambda)) / m;
            double centring = mu == 0 ? 0 : Math.Pow(ahead / mu, 3);
            (dx, dnu, dlambda, ds) = Step(lambda.PointwiseMultiply(s) + ds.PointwiseMultiply(dlambda) - (centring * mu));
            double step = Math.Min(1, 0.995 * Longest(s, ds, lambda, dlambda));
            (x, nu, lambda, s) = (x + (step * dx), nu + (step * dnu), lambda + (step * dlambda), s + (step * ds));

            (Vector<double> X, Vector<double> Nu, Vector<double> Lambda, Vector<double> S) Step(Vector<double> complementarity)
            {
                var w = lambda.PointwiseDivide(s);
                var known = w.PointwiseMultiply(primal) - complementarity.PointwiseDivide(s);
                var (moved, movedNu) = system.Solve(-dual - data.G.TransposeThisAndMultiply(known), -equality);
                var along = data.G * moved;
                return (moved, movedNu, known + w.PointwiseMultiply(along), -primal - along);
            }
        }

        return null;
    }

    private static Vector<double> Positive(Vector<double> numbers)
    {
        double least = numbers.DefaultIfEmpty(1).Min();
        return least > 1e-8 * (1 + Dense.Largest(numbers)) ? numbers : numbers + (1 - least);
    }

    private static double Longest(Vector<double> s, Vector<double> ds, Vector<double> lambda, Vector<double> dlambda)
    {
        double longest = 1 / 0.995;
        for (int i = 0; i < s.Count; i++)
        {
            longest = ds[i] < 0 ? Math.Min(longest, -s[i] / ds[i]) : longest;
            longest = dlambda[i] < 0 ? Math.Min(longest, -lambda[i] / dlambda[i]) : longest;
        }

        return longest;
    }

    private sealed class NewtonSystem
    {
        private readonly Matrix<double> _matrix;
        private readonly LU<double> _factors;
        private readonly int _unknowns;

        public NewtonSystem(QuadraticData data, Vector<double> weights)
        {
            _unknowns = data.Unknowns;
            _matrix = (data with { Q = data.Q + data.G.TransposeThisAndMultiply(Matrix<double>.Build.Diagonal(weights.Count, weights.Count, i => weights[i]) * data.G) }).Kkt([]);
            double shift = 1e-12 + (1e-15 * Dense.Largest(_matrix.Enumerate()));
            var shifted = _matrix.Clone();
            for (int i = 0; i < shifted.RowCount; i++)
            {
                shifted[i, i] += i < _unknowns ? shift : -1e-12;
            }

            _factors = shifted.LU();
        }

        public (Vector<double> X, Vector<double> Nu) Solve(Vector<double> first, Vector<double> second)
        {
            var right = Vector<double>.Build.Dense(_matrix.RowCount, i => i < _unknowns ? first[i] : second[i - _unknowns]);
            var solution = _factors.Solve(right);
            for (int i = 0; i < 2; i++)
            {
                solution += _factors.Solve(right - (_matrix * solution));
            }

            return (solution.SubVector(0, _unknowns), second.Count == 0 ? second : solution.SubVector(_unknowns, second.Count));
        }
    }
}
