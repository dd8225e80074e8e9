using System.Globalization;
using Nonsmooth.Training.Studies;

namespace Nonsmooth.Cli.Studies;

/// <summary>Accuracies of paired seeds as rows: under each slope, and their difference.</summary>
internal static class PairedRows
{
    /// <summary>A mean over seeds, with its interval where there are seeds enough.</summary>
    /// <param name="setting">The row's setting.</param>
    /// <param name="quantity">What it is, in percent.</param>
    /// <param name="shares">One a seed, from 0 to 1.</param>
    /// <param name="seconds">How long it took.</param>
    public static ReproductionRow Mean(string setting, string quantity, IReadOnlyList<double> shares, double seconds)
    {
        var mean = MeanDifference.Of([.. shares.Select(s => 100 * s)]);
        string each = string.Join(", ", shares.Select(s => (100 * s).ToString("F1", CultureInfo.InvariantCulture)));
        return new(setting, quantity, "", mean.Mean, mean.HasInterval ? mean.Low : null, mean.HasInterval ? mean.High : null, $"{shares.Count} seed(s): {each}", seconds);
    }

    /// <summary>Under slope 1, under slope 0, and the second less the first, seed by seed.</summary>
    public static IEnumerable<ReproductionRow> Of(string setting, string quantity, IReadOnlyList<double> one, IReadOnlyList<double> zero, double seconds)
    {
        yield return Mean(setting, $"{quantity}, slope 1, %", one, seconds);
        yield return Mean(setting, $"{quantity}, slope 0, %", zero, seconds);
        yield return Mean(setting, $"{quantity}, slope 0 less slope 1, points", [.. one.Zip(zero, (a, b) => b - a)], seconds);
    }
}
