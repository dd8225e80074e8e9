using MathNet.Numerics.LinearAlgebra;

namespace Nonsmooth.Solutions;

/// <summary>GMRES without restarts on a linear map that is given by its products.</summary>
/// <remarks>
/// Arnoldi with two orthogonalisations; the small least-squares problem by rotations. What is below rounding is told by the largest |A·v| so far, so
/// that neither the map's scale nor the right side's matters. Source: Saad (2003), 6.5.
/// </remarks>
internal static class Gmres
{
    private const double _rounding = 1e-14;

    /// <exception cref="SingularSolutionException">The space is exhausted, or the answer so large that rounding is above the tolerance.</exception>
    /// <exception cref="NotConvergedException">The residual is above the tolerance after the last iteration.</exception>
    public static (double[] X, int Iterations) Solve(Func<double[], double[]> product, double[] right, double tolerance, int most)
    {
        double length = Length(right);
        if (length == 0)
        {
            return (new double[right.Length], 0);
        }

        int limit = Math.Min(most, right.Length);
        var basis = new List<double[]> { Array.ConvertAll(right, r => r / length) };
        var h = Matrix<double>.Build.Dense(limit + 1, limit);
        double residual = 1;
        double scale = 0;
        double[] target = new double[limit + 1];
        target[0] = length;
        var rotations = new Rotations(limit);
        for (int k = 0; k < limit; k++)
        {
            double[] next = (double[])product(basis[k]).Clone();
            scale = Math.Max(scale, Length(next));
            for (int pass = 0; pass < 2; pass++)
            {
                for (int j = 0; j <= k; j++)
                {
                    double share = Inner(basis[j], next);
                    h[j, k] += share;
                    for (int i = 0; i < next.Length; i++)
                    {
                        next[i] -= share * basis[j][i];
                    }
                }
            }

            double rest = Length(next);
            h[k + 1, k] = rest;
            rotations.Apply(h, k, target);

            // Without a pivot the space is exhausted and the residual stays: the rotation turned nothing away.
            bool hasPivot = h[k, k] > _rounding * scale;
            residual = hasPivot ? Math.Abs(target[k + 1]) / length : residual;
            bool last = k == limit - 1 && limit == right.Length;
            if (residual <= tolerance || rest <= _rounding * scale || (last && residual <= 1e-10))
            {
                return residual <= Math.Max(tolerance, 1e-10)
                    ? (Checked(product, right, Combined(h, target, basis, hasPivot ? k + 1 : k), scale, tolerance), k + 1)
                    : throw new SingularSolutionException(
                        FormattableString.Invariant($"the Krylov space is exhausted at a relative residual of {residual:G3}: the system is singular"), residual);
            }

            basis.Add(Array.ConvertAll(next, x => x / rest));
        }

        throw new NotConvergedException(
            FormattableString.Invariant($"GMRES: relative residual {residual:G3} after {limit} iterations; allow more, or use the dense strategy"), residual);
    }

    // The recurrence knows the residual to the rounding of |A|·|x|: where that may be above the tolerance, it is measured.
    private static double[] Checked(Func<double[], double[]> product, double[] right, double[] x, double scale, double tolerance)
    {
        double allowed = Math.Max(2 * tolerance, 1e-10) * Length(right);
        if (10 * _rounding * scale * Length(x) <= allowed)
        {
            return x;
        }

        double residual = Length([.. right.Zip(product(x), (b, p) => b - p)]);
        return residual <= allowed
            ? x
            : throw new SingularSolutionException(
                FormattableString.Invariant($"the residual of GMRES's answer is {residual / Length(right):G3} times the right side: the system is singular, or nearly"),
                residual / Length(right));
    }

    // The triangle's solution, back to the basis.
    private static double[] Combined(Matrix<double> h, double[] target, List<double[]> basis, int columns)
    {
        double[] y = new double[columns];
        double[] x = new double[basis[0].Length];
        for (int i = y.Length - 1; i >= 0; i--)
        {
            y[i] = target[i];
            for (int j = i + 1; j < y.Length; j++)
            {
                y[i] -= h[i, j] * y[j];
            }

            y[i] /= h[i, i];
            for (int e = 0; e < x.Length; e++)
            {
                x[e] += y[i] * basis[i][e];
            }
        }

        return x;
    }

    private static double Inner(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static double Length(double[] a) => Math.Sqrt(Inner(a, a));

    /// <summary>Givens rotations that make the Hessenberg matrix a triangle, column by column.</summary>
    private sealed class Rotations(int most)
    {
        private readonly (double Cosine, double Sine)[] _all = new (double, double)[most];

        public void Apply(Matrix<double> h, int column, double[] target)
        {
            for (int i = 0; i < column; i++)
            {
                (h[i, column], h[i + 1, column]) = Turned(_all[i], h[i, column], h[i + 1, column]);
            }

            double hypotenuse = Math.Sqrt((h[column, column] * h[column, column]) + (h[column + 1, column] * h[column + 1, column]));
            _all[column] = hypotenuse == 0 ? (1, 0) : (h[column, column] / hypotenuse, h[column + 1, column] / hypotenuse);
            (h[column, column], h[column + 1, column]) = (hypotenuse, 0);
            (target[column], target[column + 1]) = Turned(_all[column], target[column], target[column + 1]);
        }

        private static (double First, double Second) Turned((double Cosine, double Sine) by, double first, double second) =>
            ((by.Cosine * first) + (by.Sine * second), (by.Cosine * second) - (by.Sine * first));
    }
}
