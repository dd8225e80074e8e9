namespace Nonsmooth.Cost;

/// <summary>A step over ranks, laid out once and timed for any speed of the slowest rank.</summary>
internal sealed class StepPlan
{
    private readonly int _ranks;
    private readonly double _compute;
    private readonly double _optimizer;
    private readonly double _gather;
    private readonly bool _overlaps;
    private readonly (double Ready, double Seconds)[] _buckets;

    public StepPlan(GradientTimeline timeline, ClusterModel cluster, int ranks, ScalingOptions options)
    {
        if (ranks > options.Shards)
        {
            throw new NonsmoothException($"there are {ranks} ranks and {options.Shards} shards: give at least a shard a rank");
        }

        // Each shard but where there is one is added to those before it.
        double slowdown = cluster.Slowdown(ranks), shard = timeline.Compute + (options.Shards > 1 ? timeline.Bytes * cluster.SecondsPerAddedByte : 0), before = ((options.Shards / ranks) - 1) * shard;
        (_ranks, _overlaps) = (ranks, cluster.Overlaps(ranks));
        _compute = slowdown * (before + shard);
        _buckets = [.. timeline.Buckets(options.BucketBytes).Select(b => (slowdown * (before + b.Seconds), (_overlaps ? 1 : slowdown) * ReductionTime.AllReduce(cluster, options.Reduction, ranks, b.Bytes)))];
        bool shards = options.ShardStates && ranks > 1;
        long largest = shards ? StateShards.Largest([.. timeline.Gradients.Select(g => g.Bytes)], ranks) : timeline.Bytes;
        _optimizer = timeline.Bytes == 0 ? 0 : slowdown * timeline.Optimizer * largest / timeline.Bytes;
        _gather = shards ? ReductionTime.Broadcasts(cluster, ranks, timeline.Gradients.Count, timeline.Bytes) : 0;
    }

    /// <summary>The step where the slowest rank takes so many times as long as planned.</summary>
    public StepForecast Forecast(double slowest)
    {
        // The link takes one bucket after the other, each once every rank has it.
        double free = 0;
        foreach (var (ready, seconds) in _buckets)
        {
            free = Math.Max(free, slowest * ready) + seconds;
        }

        // Without a processor to spare what sums take is taken from the ranks' own work.
        double compute = slowest * _compute, link = _buckets.Sum(b => b.Seconds);
        return new StepForecast(_ranks, compute, link, _overlaps ? Math.Max(0, free - compute) : link, _buckets is [.., var last] ? last.Seconds : 0, slowest * _optimizer, _gather);
    }
}
