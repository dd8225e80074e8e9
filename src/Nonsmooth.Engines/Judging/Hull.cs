using Nonsmooth.Answers;

namespace Nonsmooth.Engines.Judging;

/// <summary>Whether a claimed gradient is a convex combination of those of pieces.</summary>
internal static class Hull
{
    /// <summary>The combination nearest to a claim.</summary>
    /// <param name="gradients">The gradients of pieces, finite.</param>
    /// <param name="claim">The claim.</param>
    /// <returns>How far the claim is, in the largest entry; the direction from the combination to the claim; and the shares, by position.</returns>
    public static (double Distance, double[] Direction, IReadOnlyList<(int Piece, double Share)> Shares) Nearest(
        IReadOnlyList<double[]> gradients, double[] claim)
    {
        double[][] moved = [.. gradients.Select(g => ConvexHull.Minus(g, claim))];
        double scale = moved.Max(m => m.Length == 0 ? 0 : m.Max(Math.Abs));
        if (scale == 0)
        {
            return (0, new double[claim.Length], [(0, 1)]);
        }

        double[][] units = [.. moved.Select(m => m.Select(x => x / scale).ToArray())];
        var (nearest, corral, weights) = ConvexHull.Closest(units);
        var shares = corral.Select((c, i) => (Array.IndexOf(units, c), weights[i])).Where(s => s.Item2 > 0).ToList();
        return (nearest.Max(Math.Abs) * scale, [.. nearest.Select(x => -x * scale)], shares);
    }
}
