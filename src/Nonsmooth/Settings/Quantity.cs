using System.Globalization;

namespace Nonsmooth.Settings;

/// <summary>Numbers with a unit, as people write times and rates.</summary>
public static class Quantity
{
    private static readonly (string Prefix, double Scale)[] _prefixes = [("", 1), ("k", 1e3), ("M", 1e6), ("G", 1e9), ("T", 1e12), ("P", 1e15)];
    private static readonly (string Unit, double Scale)[] _seconds = [("us", 1e-6), ("µs", 1e-6), ("ns", 1e-9), ("ms", 1e-3), ("s", 1)];

    /// <summary>Seconds of a text as <c>2us</c>, <c>1.5ms</c>, <c>0.1s</c>; null where it is none.</summary>
    public static double? Seconds(string text) => Read(text, _seconds);

    /// <summary>Bytes a second of a text as <c>12.5GB/s</c>, or in bits <c>100Gb/s</c>; null where it is none.</summary>
    public static double? BytesPerSecond(string text) =>
        Read(text, [.. _prefixes.Select(p => ($"{p.Prefix}B/s", p.Scale)), .. _prefixes.Select(p => ($"{p.Prefix}b/s", p.Scale / 8))]);

    /// <summary>A plain number with a decimal prefix, as <c>50T</c>; null where it is none.</summary>
    public static double? Scaled(string text) => Read(text, _prefixes);

    // Nothing below zero, and nothing that is not a number, is a time or a rate.
    private static double? Read(string text, IEnumerable<(string Unit, double Scale)> units)
    {
        int digits = text.AsSpan().LastIndexOfAnyInRange('0', '9') + 1;
        string unit = text[digits..].TrimStart();
        foreach (var (name, scale) in units)
        {
            if (name == unit && double.TryParse(text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value * scale))
            {
                return value * scale;
            }
        }

        return null;
    }
}
