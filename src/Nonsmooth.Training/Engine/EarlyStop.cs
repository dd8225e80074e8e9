using System.Globalization;
using Nonsmooth.Settings;

namespace Nonsmooth.Training.Engine;

/// <summary>Ends a run that no longer gets better.</summary>
/// <param name="Epochs">Whole epochs without a better measure, at least 1.</param>
/// <param name="ByLoss">Whether the measure is the test loss, else the test accuracy, of a model that does not measure that the loss. NaN is never better.</param>
public sealed record EarlyStop(int Epochs, bool ByLoss = false)
{
    private const string LossText = "loss:";

    /// <summary>What a text looks like.</summary>
    public static string Help { get; } = $"a whole number of epochs, at least 1, or {LossText}N to go by the test loss and not by the accuracy";

    /// <summary>The stops as a setting takes them.</summary>
    internal static Range<EarlyStop> Range { get; } = Ranges.Parsed(Help, TryParse).Where(stop => stop.Epochs >= 1, Help) with { Placeholder = "N" };

    /// <summary>Reads <see cref="ToString"/>; null where the text is none.</summary>
    public static EarlyStop? TryParse(string text)
    {
        bool byLoss = text.StartsWith(LossText, StringComparison.Ordinal);
        string number = byLoss ? text[LossText.Length..] : text;
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int epochs) && epochs >= 1 ? new EarlyStop(epochs, byLoss) : null;
    }

    /// <summary>Its text.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(ByLoss ? LossText : "")}{Epochs}");

    /// <summary>Whether a run with such epochs behind it should end.</summary>
    public bool Reached(IReadOnlyList<EpochReport> history) => history.Count - 1 - Best(history, ByLoss) >= Epochs && history.Count > 0;

    /// <summary>Where the best epoch is, of equally good ones the first; −1 where there is none.</summary>
    internal static int Best(IReadOnlyList<EpochReport> history, bool byLoss)
    {
        int best = -1;
        byLoss |= history.All(e => double.IsNaN(e.TestAccuracy));
        for (int i = 0; i < history.Count; i++)
        {
            double measure = Measure(history[i]);
            best = !double.IsNaN(measure) && (best < 0 || measure > Measure(history[best])) ? i : best;
        }

        return best;

        double Measure(EpochReport epoch) => byLoss ? -epoch.TestLoss : epoch.TestAccuracy;
    }
}
