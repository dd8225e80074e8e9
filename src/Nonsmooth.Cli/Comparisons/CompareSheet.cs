using Nonsmooth.Training.Comparisons;

namespace Nonsmooth.Cli.Comparisons;

/// <summary>A comparison as it is shown.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Data">The data set's name.</param>
/// <param name="Verdict">What the data support, a sentence each.</param>
/// <param name="Report">Every number.</param>
/// <param name="Rerun">The command line.</param>
internal sealed record CompareSheet(string Network, string Data, IReadOnlyList<string> Verdict, ComparisonReport Report, string Rerun)
{
    public static CompareSheet Of(string network, string data, ComparisonReport report, string rerun) =>
        new(network, data, [.. CompareWords.Verdict(report)], report, rerun);
}
