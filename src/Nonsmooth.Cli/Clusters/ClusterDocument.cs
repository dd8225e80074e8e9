using System.Globalization;
using Nonsmooth.Cli.Documents;
using Nonsmooth.Cli.Output;

namespace Nonsmooth.Cli.Clusters;

/// <summary>The page of what ranks are there.</summary>
internal static class ClusterDocument
{
    public static Document Of(ClusterReport report) => new Document(report, $"{Count(report.Ranks.Count)}, {report.Transport}")
        .Say(Mpi(report))
        .Table(
            report.Ranks,
            (Column.Count("rank"), r => (double)r.Rank),
            (Column.Text("host"), r => r.Host),
            (Column.Count("processors"), r => (double)r.Processors),
            (Column.Text("instructions"), r => r.Instructions),
            (Column.Number("latency from rank 0", x => $"{Numbers.Digits(1e6 * x, 2)} µs"), r => report.Links.FirstOrDefault(l => l.Rank == r.Rank)?.Latency),
            (Column.Number("bandwidth from rank 0", x => $"{Numbers.Scaled(x)}B/s"), r => report.Links.FirstOrDefault(l => l.Rank == r.Rank)?.Bandwidth),
            (Column.Number("both ways", x => $"{Numbers.Scaled(x)}B/s"), r => report.Links.FirstOrDefault(l => l.Rank == r.Rank)?.BothWays))
        .Say(
            report.Reduction is { } sum
                ? $"A sum of {Numbers.Bytes(sum.Bytes)} over all ranks, in the order of the tree, takes {Numbers.Seconds(sum.Seconds)}."
                : $"{Count(report.Ranks.Count)}: gradients are summed over a power of two of them.")
        .Verdict([Bits(report)]);

    private static string Bits(ClusterReport report) =>
        report.Differs is { } differs ? $"Not the same bits: {differs}."
        : report.Sum.IsSame ? $"The same bits on all ranks: a test sum, alone{(report.Sum.Together is null ? "" : " and together")} ({report.Sum.Alone[0][..8]}), and a product of matrices."
        : $"Not the same bits: {Odd(report.Sum.Alone, "alone") ?? Odd(report.Sum.Together ?? [], "together") ?? "what each finds alone is not what they find together"}.";

    private static string? Odd(IReadOnlyList<string> bits, string how) =>
        bits.ToList().FindIndex(b => b != bits[0]) is > 0 and var rank ? string.Create(CultureInfo.InvariantCulture, $"rank {rank} finds another test sum {how} than rank 0") : null;

    private static string Mpi(ClusterReport report)
    {
        if (report.Missing is { } missing)
        {
            return $"There is {missing}.";
        }

        string found = string.Join(" and ", report.Libraries.Select(mpi => $"{mpi.Name} ({mpi.Path}, MPI {mpi.Standard})"));
        return report.Launcher is { } launcher
            ? $"Started by {launcher}: {found}, thread level {report.ThreadLevel}."
            : $"MPI is here: {found}. Nobody launched this process: mpirun -np 4 nonsmooth cluster sees its ranks.";
    }

    private static string Count(int ranks) => ranks == 1 ? "1 rank" : string.Create(CultureInfo.InvariantCulture, $"{ranks} ranks");
}
