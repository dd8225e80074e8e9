using Nonsmooth.Arithmetic;

namespace Nonsmooth.Solutions;

/// <summary>Intervals that are proved to hold a gradient at the exact solution, or why there is no proof.</summary>
/// <param name="Gradient">One array a parameter; null without a proof.</param>
/// <param name="Reason">What was verified, or what was not.</param>
/// <remarks>
/// The exact solution is that of the problem with exactly these double numbers, over the reals. It is proved to be on the inside of a
/// piece, so that the solution is differentiable there.
/// </remarks>
internal sealed record EnclosedGradient(IReadOnlyList<Enclosure[]>? Gradient, string Reason)
{
    /// <summary>No proof.</summary>
    public static EnclosedGradient No(string reason) => new(null, reason);

    /// <summary>At least as large as the Euclidean distance of any gradient in the intervals from the given one.</summary>
    /// <exception cref="UndecidedException">An interval is undefined.</exception>
    public double Distance(IReadOnlyList<double[]> gradient)
    {
        Enclosure sum = 0;
        for (int p = 0; p < gradient.Count; p++)
        {
            for (int i = 0; i < gradient[p].Length; i++)
            {
                double apart = (Gradient![p][i] - gradient[p][i]).Magnitude;
                sum += (Enclosure)apart * apart;
            }
        }

        return Enclosure.Sqrt(sum).Upper;
    }
}
