namespace Nonsmooth.Optimizers;

/// <summary>
/// Converts INNAprop's velocity m to the authors' phase variable ψ and back, for exchange of checkpoints
/// with their code (state keys <c>step</c>, <c>exp_avg_sq</c>, <c>psi</c>).
/// </summary>
/// <remarks>
/// ψ = (1−αβ)θ + βm, where θ, m and ψ are from the same moment between steps. Computed in float64. ψ is of
/// the size of the weights, so a float32 ψ keeps fewer digits of m than m itself: a round trip
/// costs about one float32 rounding of θ/β.
/// </remarks>
public static class PsiForm
{
    /// <summary>ψ of one coordinate. β &gt; 0.</summary>
    public static double FromVelocity(double theta, double velocity, double alpha, double beta) =>
        Math.FusedMultiplyAdd(beta, velocity, (1 - (alpha * beta)) * theta);

    /// <summary>m of one coordinate. β &gt; 0.</summary>
    public static double ToVelocity(double theta, double psi, double alpha, double beta) =>
        (psi - ((1 - (alpha * beta)) * theta)) / beta;

    /// <summary>Writes ψ of every coordinate.</summary>
    /// <exception cref="NonsmoothException">The lengths differ.</exception>
    public static void Export(
        ReadOnlySpan<float> theta, ReadOnlySpan<float> velocity, Span<float> psi, double alpha, double beta)
    {
        CheckLengths(theta.Length, velocity.Length, psi.Length);
        for (int i = 0; i < theta.Length; i++)
        {
            psi[i] = (float)FromVelocity(theta[i], velocity[i], alpha, beta);
        }
    }

    /// <summary>Writes m of every coordinate.</summary>
    /// <exception cref="NonsmoothException">The lengths differ.</exception>
    public static void Import(
        ReadOnlySpan<float> theta, ReadOnlySpan<float> psi, Span<float> velocity, double alpha, double beta)
    {
        CheckLengths(theta.Length, velocity.Length, psi.Length);
        for (int i = 0; i < theta.Length; i++)
        {
            velocity[i] = (float)ToVelocity(theta[i], psi[i], alpha, beta);
        }
    }

    private static void CheckLengths(int theta, int velocity, int psi)
    {
        if (theta != velocity || theta != psi)
        {
            throw new NonsmoothException($"theta has {theta} numbers, velocity {velocity} and psi {psi}: give three of one length");
        }
    }
}
