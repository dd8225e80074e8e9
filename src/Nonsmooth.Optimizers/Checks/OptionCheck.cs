using System.Globalization;

namespace Nonsmooth.Optimizers.Checks;

/// <summary>Range checks whose message names the option and the mend. NaN is in no range.</summary>
internal static class OptionCheck
{
    public static void NonNegative(string name, double value) =>
        Require(value >= 0 && double.IsFinite(value), name, value, "a finite number of at least 0");

    public static void Positive(string name, double value) =>
        Require(value > 0 && double.IsFinite(value), name, value, "a finite number above 0");

    /// <summary>For a decay of an average: 0 ≤ value &lt; 1.</summary>
    public static void Decay(string name, double value) =>
        Require(value is >= 0 and < 1, name, value, "a number from 0 up to but not including 1");

    public static void Require(bool holds, string name, double value, string mend)
    {
        if (!holds)
        {
            throw new NonsmoothException(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}: give {mend}"));
        }
    }
}
