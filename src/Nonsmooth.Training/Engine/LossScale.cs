using System.Globalization;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Optimizers.Checks;
using Nonsmooth.Settings;

namespace Nonsmooth.Training.Engine;

/// <summary>
/// What multiplies the gradient while it is computed, so that its small numbers do not vanish in a narrow format; the
/// optimizer divides by it. A step whose gradient is not finite is skipped. Source: Micikevicius et al., Mixed precision
/// training, 2018, section 3.2.
/// </summary>
/// <param name="Initial">The first scale: finite, above 0; a power of two rounds nothing.</param>
/// <param name="GrowthSteps">After so many good steps in a row the scale doubles, after a skipped one it is halved; 0 keeps it.</param>
public sealed record LossScale(double Initial, int GrowthSteps)
{
    private const string NoneText = "none";
    private const string DynamicText = "dynamic";
    private const int UsualGrowth = 2000;

    /// <summary>The largest power of two that binary16 holds.</summary>
    private const double LargestHalf = 32768;

    /// <summary>No scale, and no look at the gradients.</summary>
    public static LossScale None { get; } = new(1, 0);

    /// <summary>From 32768, doubled after 2000 good steps.</summary>
    public static LossScale Dynamic { get; } = new(LargestHalf, UsualGrowth);

    /// <summary>What a text looks like.</summary>
    public static string Help { get; } = $"{NoneText}, a number above 0, {DynamicText} or {DynamicText}:STEPS";

    /// <summary>The scales as a setting takes them.</summary>
    internal static Range<LossScale> Range { get; } = Ranges.Parsed(Help, TryParse) with { Placeholder = "SCALE", Names = [NoneText, DynamicText] };

    /// <summary>Whether there is one.</summary>
    public bool IsNone => this == None;

    /// <summary>What a format is trained with where nothing is said: dynamic in binary16, whose range is narrow, else none.</summary>
    public static LossScale Usual(Precision precision) => precision == Precision.Float16 ? Dynamic : None;

    /// <summary>Reads <see cref="ToString"/>; null where the text is no scale.</summary>
    public static LossScale? TryParse(string text)
    {
        if (text == NoneText)
        {
            return None;
        }

        string[] parts = text.Split(':');
        return parts is [DynamicText] ? Dynamic
            : parts is [DynamicText, var steps] ? int.TryParse(steps, NumberStyles.None, CultureInfo.InvariantCulture, out int growth) && growth > 0 ? Dynamic with { GrowthSteps = growth } : null
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double scale) && double.IsFinite((float)scale) && scale > 0 ? new LossScale(scale, 0) : null;
    }

    /// <summary>Its text.</summary>
    public override string ToString() => IsNone ? NoneText
        : GrowthSteps == 0 ? Initial.ToString(CultureInfo.InvariantCulture)
        : GrowthSteps == UsualGrowth ? DynamicText : string.Create(CultureInfo.InvariantCulture, $"{DynamicText}:{GrowthSteps}");

    /// <summary>Refuses what a format cannot hold.</summary>
    internal void Validate(Precision precision)
    {
        OptionCheck.Require(Initial > 0 && double.IsFinite((float)Initial), "loss scale", Initial, "a finite number above 0");
        OptionCheck.Require(GrowthSteps >= 0, "good steps before the loss scale grows", GrowthSteps, "at least 1, or 0 for a fixed scale");
        OptionCheck.Require(
            precision != Precision.Float16 || Initial <= 65504, "loss scale", Initial, "at most 65504, the largest number of the format f16");
    }

    /// <summary>The largest scale that a dynamic one grows to.</summary>
    internal static double Largest(Precision precision) => precision == Precision.Float16 ? LargestHalf : 1 << 24;
}
