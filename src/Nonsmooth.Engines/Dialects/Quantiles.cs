using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Engines.Dialects;

/// <summary>Quantiles of a sorted vector.</summary>
internal static class Quantiles
{
    /// <summary>The q-quantile, interpolated linearly between the two elements of the sort around place q(n − 1).</summary>
    public static Variable Linear(Dialect e, Variable x, double q)
    {
        double place = q * (x.Shape[0] - 1);
        int below = (int)Math.Floor(place);
        double share = place - below;
        var sorted = e.Sort(x);
        return share == 0 ? e.At(sorted, below) : (e.At(sorted, below) * (1 - share)) + (e.At(sorted, below + 1) * share);
    }
}
