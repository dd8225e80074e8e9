using Nonsmooth.Cli.Clusters;
using Nonsmooth.Cli.Documents;
using Nonsmooth.Cli.Output;
using Nonsmooth.Cost;

namespace Nonsmooth.Cli.Costs;

/// <summary>The page of what training over ranks is foreseen to take.</summary>
internal static class ScalingDocument
{
    public static Document Of(ScalingSheet sheet)
    {
        var document = new Document(sheet, $"{sheet.Network} over ranks: {Numbers.Whole(sheet.Batch)} × {sheet.Input} a step in {Numbers.Whole(sheet.Shards)} shards, {Numbers.Whole(sheet.Parameters)} parameters")
        {
            Lead = CostLead.Of(sheet),
            Rows = All(sheet),
        };
        document.Say(Compute(sheet), Links(sheet), Overlap(sheet));
        foreach (var way in sheet.Ways)
        {
            document.Section($"Sums by {Article(way.Reduction)}").Add(Steps(way));
        }

        document.Section("Memory of a rank").Table(
            sheet.Memory,
            (Column.Count("ranks"), m => m.Ranks),
            (Column.Bytes("at its peak"), m => m.Bytes),
            (Column.Bytes("with states sharded"), m => m.ShardedBytes));
        if (sheet.Simulation is { } simulation)
        {
            document.Section($"{Numbers.Whole(simulation.Steps)} steps with stragglers").Add(Simulated(simulation)).Say(Drawn(simulation));
        }

        return document.Section("").Verdict(sheet.Ways.Select(Verdict));
    }

    private static Table Steps(ScalingWay way) => Table.Of(
        way.Rows,
        (Column.Count("ranks"), r => r.Ranks),
        (Column.Time("compute"), r => r.Compute),
        (Column.Time("sums"), r => r.Sums),
        (Column.Time("exposed"), r => r.Exposed),
        (Column.Time("optimizer"), r => r.Optimizer),
        (Column.Time("step"), r => r.Step),
        (Column.Short("speed-up", 1), r => r.Speedup),
        (Column.Percent("efficiency"), r => r.Efficiency),
        (Column.Time("states sharded"), r => r.ShardedStep));

    private static Table Simulated(SimulationSheet simulation) => Table.Of(
        simulation.Rows,
        (Column.Text("sums by"), r => ScalingWay.Name(r.Reduction)),
        (Column.Count("ranks"), r => r.Ranks),
        (Column.Time("step"), r => r.Step),
        (Column.Time("95 of 100 within"), r => r.SlowStep),
        (Column.Percent("efficiency"), r => r.Efficiency),
        (Column.Percent("exposed"), r => r.ExposedShare),
        (Column.Percent("waiting"), r => r.WaitingShare));

    private static Table All(ScalingSheet sheet) => Table.Of(
        sheet.Ways.SelectMany(way => way.Rows.Zip(sheet.Memory, (row, memory) => (way.Reduction, row, memory))),
        (Column.Text("reduction"), r => ScalingWay.Name(r.Reduction)),
        (Column.Count("ranks"), r => r.row.Ranks),
        (Column.Digits("compute", 6), r => r.row.Compute),
        (Column.Digits("sums", 6), r => r.row.Sums),
        (Column.Digits("exposed", 6), r => r.row.Exposed),
        (Column.Digits("unhideable", 6), r => r.row.Unhideable),
        (Column.Digits("optimizer", 6), r => r.row.Optimizer),
        (Column.Digits("step", 6), r => r.row.Step),
        (Column.Digits("efficiency", 6), r => r.row.Efficiency),
        (Column.Digits("sharded step", 6), r => r.row.ShardedStep),
        (Column.Count("bytes"), r => r.memory.Bytes),
        (Column.Count("sharded bytes"), r => r.memory.ShardedBytes));

    private static string Compute(ScalingSheet sheet)
    {
        string what = $"A shard of {Numbers.Whole((double)sheet.Batch / sheet.Shards)} takes {Numbers.Seconds(sheet.Shard)} for value and gradient";
        return sheet.Device is { } device
            ? $"{what} on a device that sustains {Numbers.Scaled(device.Flops)}FLOP/s and {Numbers.Scaled(device.Bytes)}B/s (--device), each node what the slower of the two takes, with nothing for starting kernels."
            : $"{what} on this machine, predicted in float32 for one thread (--predict).";
    }

    private static string Links(ScalingSheet sheet)
    {
        var cluster = sheet.Cluster;
        string nodes = cluster.RanksPerNode == 1 ? "between any two ranks"
            : $"between nodes of {Numbers.Whole(cluster.RanksPerNode)} ranks, which share the way out, and {Link(cluster.Within ?? cluster.Link)} within";
        string processors = cluster.ProcessorsPerNode is { } count ? $", {Numbers.Whole(count)} processors a node: where ranks take all of them nothing hides sums, and more ranks slow each other down" : ", every rank with a processor of its own";
        return $"Links {sheet.Links}: {Link(cluster.Link)} {nodes}{processors}. n bytes take latency + n/bandwidth, both ways at once; adding one vector to another takes {Numbers.Digits(1e12 * cluster.SecondsPerAddedByte)} ps a byte.";
    }

    private static string Overlap(ScalingSheet sheet) =>
        $"A rank computes its shards in turn. In the last, {Numbers.Bytes(sheet.GradientBytes)} of gradients are summed in {Numbers.Whole(sheet.Buckets)} {(sheet.Buckets == 1 ? "bucket" : "buckets")} of at least {Numbers.Bytes(sheet.BucketBytes)} as they are ready, one after the other; "
        + "exposed is what is left when the gradient is done. Efficiency is against one rank with the same shards. All ranks are equally fast here.";

    private static string Drawn(SimulationSheet simulation) =>
        $"In each step each rank takes a factor longer that is drawn, lognormal with mean 1 and σ = {Numbers.Short(simulation.Stragglers)} (--stragglers, --seed {Numbers.Whole(simulation.Seed)}), independently; a sum begins when the last rank has its bucket, and links do not vary. "
        + "Waiting is what the average rank waits for the slowest.";

    private static string Verdict(ScalingWay way) =>
        $"By {Article(way.Reduction)} at least half of the work is useful up to {Ranks(way.Useful)}; of these numbers {Ranks(way.Fastest)} take{(way.Fastest == 1 ? "s" : "")} least, {Numbers.Seconds(way.Rows.First(r => r.Ranks == way.Fastest).Step)} a step.";

    private static string Article(ReductionKind kind) => kind == ReductionKind.Tree ? "the tree" : $"a {ScalingWay.Name(kind)}";

    private static string Ranks(int ranks) => ranks == 1 ? "1 rank" : $"{Numbers.Whole(ranks)} ranks";

    private static string Link(LinkRow link) => $"{Numbers.Digits(1e6 * link.Latency)} µs and {Numbers.Scaled(link.Bandwidth)}B/s";
}
