using Nonsmooth.Cost;
using Nonsmooth.LibTorch.Measurement;

namespace Nonsmooth.Cli.Costs;

/// <summary>What a rank holds at its peak.</summary>
/// <param name="Ranks">How many ranks.</param>
/// <param name="Bytes">Where each has the optimizer's state of every parameter.</param>
/// <param name="ShardedBytes">Where each has that of its own: of the rank that has most.</param>
internal sealed record RankMemory(int Ranks, long Bytes, long ShardedBytes)
{
    /// <summary>A shard's gradient, the sums of shards (a buffer a level of the rank's branch of the tree), and what a bucket takes from another rank.</summary>
    public static RankMemory Of(MemoryPrediction shard, GradientTimeline timeline, ScalingOptions options, int ranks)
    {
        long sums = options.Shards == 1 ? 0 : (int.Log2(options.Shards / ranks) + 1) * timeline.Bytes;
        long taken = ranks == 1 ? 0 : timeline.Buckets(options.BucketBytes).Select(b => b.Bytes).DefaultIfEmpty().Max();
        long all = shard.Peak + sums + taken;
        long largest = StateShards.Largest([.. timeline.Gradients.Select(g => g.Bytes)], ranks);
        long state = timeline.Bytes == 0 ? 0 : (long)((double)shard.OptimizerState / timeline.Bytes * largest);
        return new RankMemory(ranks, all, all - shard.OptimizerState + state);
    }
}
