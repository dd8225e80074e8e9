using Nonsmooth.Cli.Clusters;
using Nonsmooth.Cost;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Cli.Costs;

/// <summary>What training over ranks is foreseen to take.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Batch">The global batch.</param>
/// <param name="Shards">Its shards.</param>
/// <param name="Input">One example.</param>
/// <param name="Parameters">Numbers that are trained.</param>
/// <param name="GradientBytes">Bytes that are summed in a step.</param>
/// <param name="Buckets">In how many pieces.</param>
/// <param name="BucketBytes">Bytes that make a piece.</param>
/// <param name="Links">Where the links are from, in words.</param>
/// <param name="Cluster">The ways between ranks.</param>
/// <param name="Device">The device; null for this machine.</param>
/// <param name="Shard">Seconds of value and gradient of one shard.</param>
/// <param name="Optimizer">Seconds of the optimizer's pass.</param>
/// <param name="Ways">Each way to add, for 1, 2, 4 … ranks.</param>
/// <param name="Memory">What a rank holds.</param>
/// <param name="Simulation">Steps with stragglers, if asked for.</param>
internal sealed record ScalingSheet(
    string Network,
    int Batch,
    int Shards,
    string Input,
    long Parameters,
    long GradientBytes,
    int Buckets,
    long BucketBytes,
    string Links,
    ClusterFile Cluster,
    DeviceRate? Device,
    double Shard,
    double Optimizer,
    IReadOnlyList<ScalingWay> Ways,
    IReadOnlyList<RankMemory> Memory,
    SimulationSheet? Simulation)
{
    /// <summary>Foresees it.</summary>
    public static ScalingSheet Of(Model network, ScalingWish wish, CalibrationOptions calibration)
    {
        int own = wish.Batch is { } batch ? batch / wish.Shards : network.UsualBatch;
        var programs = network.Build(own);
        var gradient = programs.Gradient();
        var timeline = wish.Device is { } device
            ? GradientTimeline.Of(programs.Objective, programs.Cost(), programs.Trained.Select(p => p.Name), device, Prediction.UsualOptimizerBytes)
            : MachineModel.LoadOrCalibrate(calibration).Timeline(gradient);
        var options = new ScalingOptions { Shards = wish.Shards, BucketBytes = wish.BucketBytes };
        var memory = MemoryPrediction.Of(gradient, options: new ExecutionOptions { ConvertedWhereRead = programs.Narrow });
        int[] ranks = [.. Enumerable.Range(0, int.Log2(wish.Ranks) + 1).Select(k => 1 << k)];
        ReductionKind[] kinds = [ReductionKind.Tree, ReductionKind.Ring, .. wish.Cluster.RanksPerNode > 1 ? [ReductionKind.TwoLevelRing] : Array.Empty<ReductionKind>()];
        return new ScalingSheet(
            network.Name,
            own * wish.Shards,
            wish.Shards,
            network.Examples.ToString(),
            programs.Trained.Sum(p => p.Shape.Count64),
            timeline.Bytes,
            timeline.Buckets(wish.BucketBytes).Count,
            wish.BucketBytes,
            wish.Links,
            ClusterFile.Of(wish.Cluster),
            wish.Device,
            timeline.Compute,
            timeline.Optimizer,
            [.. kinds.Select(kind => ScalingWay.Of(timeline, wish.Cluster, options with { Reduction = kind }, ranks))],
            [.. ranks.Select(r => RankMemory.Of(memory, timeline, options, r))],
            wish.Steps is { } steps ? SimulationSheet.Of(timeline, wish, [.. kinds.Select(kind => options with { Reduction = kind })], ranks, steps) : null);
    }
}
