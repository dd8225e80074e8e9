namespace Nonsmooth.Reliability.Formats;

/// <summary>How many numbers a narrow format would not hold well.</summary>
/// <param name="Format">Its short name.</param>
/// <param name="Overflow">Finite numbers that would become infinite, in e4m3 NaN.</param>
/// <param name="Subnormal">Numbers that would be subnormal: they lose precision.</param>
/// <param name="Underflow">Nonzero numbers that would become 0.</param>
public sealed record FormatRange(string Format, long Overflow, long Subnormal, long Underflow)
{
    /// <summary>Both together, under the first's name.</summary>
    public static FormatRange operator +(FormatRange a, FormatRange b) =>
        new(a.Format, a.Overflow + b.Overflow, a.Subnormal + b.Subnormal, a.Underflow + b.Underflow);
}
