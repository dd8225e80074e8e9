using MathNet.Numerics.LinearAlgebra;

namespace Nonsmooth.Solutions;

/// <summary>GMRES without restarts on a linear map that is given by its products.</summary>
/// <remarks>Arnoldi with two orthogonalisations; the small least-squares problem is the library's. Source: Saad (2003), 6.5.</remarks>
internal static class Gmres
{
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
        for (int k = 0; k < limit; k++)
        {
            double[] next = (double[])product(basis[k]).Clone();
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
            var small = h.SubMatrix(0, k + 2, 0, k + 1);
            var target = Vector<double>.Build.Dense(k + 2);
            target[0] = length;
            var y = small.QR().Solve(target);
            residual = ((small * y) - target).L2Norm() / length;
            if (residual <= tolerance || rest <= 1e-15 * length)
            {
                return residual <= Math.Max(tolerance, 1e-10)
                    ? ([.. Enumerable.Range(0, right.Length).Select(i => Enumerable.Range(0, k + 1).Sum(j => y[j] * basis[j][i]))], k + 1)
                    : throw new SingularSolutionException(
                        FormattableString.Invariant($"the Krylov space is exhausted at a relative residual of {residual:G3}: the system is singular"), residual);
            }

            if (k == limit - 1 && (limit == right.Length && residual <= 1e-10))
            {
                return ([.. Enumerable.Range(0, right.Length).Select(i => Enumerable.Range(0, k + 1).Sum(j => y[j] * basis[j][i]))], k + 1);
            }

            basis.Add(Array.ConvertAll(next, x => x / rest));
        }

        throw new NotConvergedException(
            FormattableString.Invariant($"GMRES: relative residual {residual:G3} after {limit} iterations; allow more, or use the dense strategy"), residual);
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
}
