using Nonsmooth.Cost;

namespace Nonsmooth.Cli.Costs;

/// <summary>What was asked of training over ranks.</summary>
/// <param name="Ranks">The most ranks.</param>
/// <param name="Batch">The global batch; null for a shard of the usual size a shard.</param>
/// <param name="Shards">Its shards.</param>
/// <param name="BucketBytes">Bytes that are summed together.</param>
/// <param name="Cluster">The ways between ranks.</param>
/// <param name="Links">Where those are from, in words.</param>
/// <param name="Device">The device whose rates stand in for this machine; null for this machine.</param>
/// <param name="Steps">How many steps are simulated; null for none.</param>
/// <param name="Stragglers">How ranks differ in those.</param>
internal sealed record ScalingWish(
    int Ranks, int? Batch, int Shards, long BucketBytes, ClusterModel Cluster, string Links, DeviceRate? Device, int? Steps, Stragglers Stragglers);
