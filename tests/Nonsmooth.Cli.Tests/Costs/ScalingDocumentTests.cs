using Nonsmooth.Cli.Costs;
using Nonsmooth.Cli.Output;
using Nonsmooth.Cost;
using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.Tests.Shared;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Cli.Tests.Costs;

/// <summary>The figures of "Scaling foreseen" in docs/cluster.md.</summary>
public sealed class ScalingDocumentTests
{
    private static readonly DeviceRate _device = DeviceRate.Parse("50T:1.5TB/s")!;

    private static readonly (string Name, LinkModel Link)[] _links =
        [("10 Gb/s, 30 µs", LinkModel.Parse("30us:10Gb/s")!), ("100 Gb/s, 5 µs", LinkModel.Parse("5us:100Gb/s")!), ("450 GB/s, 2 µs", LinkModel.Parse("2us:450GB/s")!)];

    private static readonly (string Network, int Batch, int Shards)[] _networks = [("resnet50", 4096, 1024), ("vit-b-32", 4096, 1024), ("gpt2", 512, 512)];

    [Trait("Speed", "Slow")]
    [Fact]
    public void WhereDataParallelismStopsPayingIsWhatTheToolSays()
    {
        string text = "| network, global batch | link | bytes to sum, by the time an example takes | examples a rank hides them with | tree: half useful up to | shortest step | ring: half useful up to | shortest step |\n|---|---|---|---|---|---|---|---|\n";
        foreach (var (name, batch, shards) in _networks)
        {
            var programs = Models.Find(name).Build(batch / shards);
            var timeline = GradientTimeline.Of(programs.Objective, programs.Cost(), programs.Trained.Select(p => p.Name), _device, Prediction.UsualOptimizerBytes);
            double example = timeline.Compute * shards / batch;
            int[] ranks = [.. Enumerable.Range(0, int.Log2(shards) + 1).Select(k => 1 << k)];
            foreach (var (words, link) in _links)
            {
                var ways = new[] { ReductionKind.Tree, ReductionKind.Ring }.Select(kind => ScalingWay.Of(timeline, new ClusterModel(link), new ScalingOptions { Shards = shards, Reduction = kind }, ranks));
                string cells = string.Concat(ways.Select(way => $" {Numbers.Whole(way.Useful)} | {Numbers.Seconds(way.Rows.Min(r => r.Step))} at {Numbers.Whole(way.Fastest)} |"));
                text += $"| {name}, {Numbers.Whole(batch)} | {words} | {Numbers.Scaled(timeline.Bytes)}B / {Numbers.Seconds(example)} | {Numbers.Points(2 * timeline.Bytes * link.SecondsPerByte / example)} |{cells}\n";
            }
        }

        GeneratedPart.Check("cluster.md", "crossovers", text);
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void TheSimulatorsTableIsWhatTheToolSays()
    {
        var rows = ToolRun.Of("cost", "resnet50", "--ranks", "4096", "--batch", "16384", "--device", "50T:1.5TB/s", "--link", "5us:100Gb/s", "--simulate", "100", "--stragglers", "0.1", "--json")
            .Json.GetProperty("simulation").GetProperty("rows").EnumerateArray().GroupBy(r => r.GetProperty("ranks").GetInt32());
        string text = "| ranks | tree: step | 95 of 100 within | efficiency | exposed | waiting | ring: step | efficiency | exposed |\n|---|---|---|---|---|---|---|---|---|\n";
        foreach (var row in rows)
        {
            double[] Of(string reduction) => [.. ((string[])["step", "slowStep", "efficiency", "exposedShare", "waitingShare"]).Select(name => row.Single(r => r.GetProperty("reduction").GetString() == reduction).GetProperty(name).GetDouble())];
            var (tree, ring) = (Of("tree"), Of("ring"));
            text += $"| {Numbers.Whole(row.Key)} | {Numbers.Seconds(tree[0])} | {Numbers.Seconds(tree[1])} | {Numbers.Percent(tree[2], 0)} | {Numbers.Percent(tree[3], 0)} | {Numbers.Percent(tree[4], 0)} | {Numbers.Seconds(ring[0])} | {Numbers.Percent(ring[2], 0)} | {Numbers.Percent(ring[3], 0)} |\n";
        }

        GeneratedPart.Check("cluster.md", "simulated", text);
    }
}
