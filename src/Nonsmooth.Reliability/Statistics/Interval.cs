using System.Globalization;

namespace Nonsmooth.Reliability.Statistics;

/// <summary>A confidence interval of a proportion, in [0, 1], or of a difference of two, in [−1, 1].</summary>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end.</param>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>Half its length.</summary>
    public double HalfWidth => (High - Low) / 2;

    /// <summary>Whether a proportion lies in it, ends included.</summary>
    public bool Contains(double proportion) => proportion >= Low && proportion <= High;

    /// <summary>In percent: <c>[0.3 %, 4.6 %]</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"[{100 * Low:0.0##} %, {100 * High:0.0##} %]");

    internal static Interval Around(double proportion, double halfWidth) =>
        new(Math.Max(0, proportion - halfWidth), Math.Min(1, proportion + halfWidth));
}
