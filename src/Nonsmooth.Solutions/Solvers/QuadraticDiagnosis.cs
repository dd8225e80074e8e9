using MathNet.Numerics.LinearAlgebra;

namespace Nonsmooth.Solutions;

/// <summary>Why a quadratic program has no solution, with a certificate.</summary>
internal static class QuadraticDiagnosis
{
    private const double _rough = 1e-9;
    private const double _proof = 1e-7;

    /// <exception cref="NotConvexException">The matrix has an eigenvalue below −1e-10 of its size.</exception>
    public static void CheckConvex(Matrix<double> q)
    {
        double[] numbers = q.ToColumnMajorArray();
        double size = Lanes.Largest(numbers);
        if (size == 0)
        {
            return;
        }

        // Cholesky factors of the shifted matrix prove it, up to rounding, for a fraction of the eigenvalues' price.
        int n = q.RowCount;
        for (int i = 0; i < n; i++)
        {
            numbers[(i * n) + i] += 1e-10 * size;
        }

        if (CholeskyFactor.InPlace(numbers, n) is not null)
        {
            return;
        }

        var eigen = q.Evd(Symmetricity.Symmetric);
        double least = eigen.EigenValues[0].Real;
        if (least < -1e-10 * size)
        {
            throw new NotConvexException(
                FormattableString.Invariant($"Q has the eigenvalue {least:G4}: it must be positive semidefinite, add at least {-least:G4} to its diagonal"),
                least,
                [.. eigen.EigenVectors.Column(0)]);
        }
    }

    /// <summary>Why a problem of size about 1 that interior points do not solve has no solution; null where neither certificate is found.</summary>
    public static SolutionException? WhyNot(QuadraticData data) => Infeasible(data) ?? (SolutionException?)Unbounded(data);

    // Least t with Gx ≤ h + t and |Ax − b| ≤ t; its multipliers are Farkas's.
    private static InfeasibleProblemException? Infeasible(QuadraticData data)
    {
        int n = data.Unknowns;
        int m = data.Inequalities;
        int p = data.Equalities;
        var g = Matrix<double>.Build.Dense(m + (2 * p) + 1, n + 1, (i, j) =>
            j == n ? -1 : i < m ? data.G[i, j] : i < m + p ? data.A[i - m, j] : i < m + (2 * p) ? -data.A[i - m - p, j] : 0);
        var h = Vector<double>.Build.Dense(m + (2 * p) + 1, i =>
            i < m ? data.H[i] : i < m + p ? data.B[i - m] : i < m + (2 * p) ? -data.B[i - m - p] : 1);
        var linear = Vector<double>.Build.Dense(n + 1, i => i == n ? 1 : 0);
        if (InteriorPoint.Run(new(Dense.Zero(n + 1, n + 1), linear, g, h), _rough) is not { } point || point.X[n] < _proof)
        {
            return null;
        }

        double violation = point.X[n];
        double[] certificate =
        [
            .. point.Multipliers.Take(m),
            .. Enumerable.Range(m, p).Select(i => point.Multipliers[i] - point.Multipliers[i + p]),
        ];
        return new(
            FormattableString.Invariant($"no point satisfies the constraints: with rows of length 1 every point violates one by {violation:G4} or more; relax the constraints"),
            violation,
            certificate);
    }

    // Steepest direction in a box along which the objective is linear and every constraint holds.
    private static UnboundedProblemException? Unbounded(QuadraticData data)
    {
        int n = data.Unknowns;
        int m = data.Inequalities;
        var g = Matrix<double>.Build.Dense(m + (2 * n), n, (i, j) =>
            i < m ? data.G[i, j] : i < m + n ? (i - m == j ? 1 : 0) : i - m - n == j ? -1 : 0);
        var h = Vector<double>.Build.Dense(m + (2 * n), i => i < m ? 0 : 1);
        var flat = Matrix<double>.Build.Dense(n + data.Equalities, n, (i, j) => i < n ? data.Q[i, j] : data.A[i - n, j]);
        var ray = InteriorPoint.Run(new(Dense.Zero(n, n), data.Linear, g, h, flat, Vector<double>.Build.Dense(n + data.Equalities)), _rough);
        double slope = ray is null ? 0 : data.Linear.DotProduct(ray.X);
        return slope > -_proof ? null : new(
            FormattableString.Invariant($"the objective falls for ever along a ray (slope {slope:G4} in the scaled problem): constrain it, or add to Q"),
            slope,
            [.. ray!.X]);
    }
}
