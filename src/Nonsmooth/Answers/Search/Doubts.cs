using System.Globalization;
using Nonsmooth.Programs;

namespace Nonsmooth.Answers;

/// <summary>Why nothing can be said about a point, whatever is asked.</summary>
internal static class Doubts
{
    /// <summary>The first reason; null without one.</summary>
    public static string? At(Program form, Point at, IReadOnlyList<string> names, KinkGaps gaps) =>
        Jumps.First(at, names) is { } jump ? jump
        : gaps.Doubtful is { } near ? string.Create(
            CultureInfo.InvariantCulture,
            $"{near.Node} is {near.Gap:G3} from its kink, and the rounding of its argument may be {near.Error:G3}")
        : !double.IsFinite(at[KinkSweep.ScalarOutput(form).Value][0]) ? "the value is not finite"
        : null;
}
