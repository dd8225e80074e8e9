using System.CommandLine;
using Nonsmooth.Cli.Clusters;
using Nonsmooth.Cli.Options;
using Nonsmooth.Cost;
using Nonsmooth.Randomness;
using Nonsmooth.Settings;

namespace Nonsmooth.Cli.Costs;

/// <summary>The options of <c>--ranks</c>.</summary>
internal sealed class ScalingParameters
{
    private readonly Option<int?> _ranks = Parameters.Of("--ranks", Ranges.From(1).Where(int.IsPow2, "a power of two").OrUnset(), null, "Foresee training over 1, 2, 4 … this many ranks, of a global batch of --batch: step time, exposed sums, efficiency, memory a rank");
    private readonly Option<int?> _shards = Parameters.Of("--shards", Ranges.From(1).Where(int.IsPow2, "a power of two").OrUnset(), null, "Of --ranks: shards of the global batch [default: 8, or one a rank]");
    private readonly Option<long?> _bucket = Parameters.Of("--bucket", ByteSize.Range.OrUnset(), null, "Of --ranks: bytes of gradients that are summed together [default: 4MiB]");
    private readonly Option<string?> _link = Parameters.Of("--link", Ranges.Text(LinkModel.Expects, "LINK").OrNull(), null, $"Of --ranks: {LinkModel.Expects}, or a file that nonsmooth cluster --save wrote [default: measured between two threads here]");
    private readonly Option<string?> _node = Parameters.Of("--node", Ranges.Text(NodeExpects, "NODE").OrNull(), null, $"Of --ranks: ranks of a node and the link between them, {NodeExpects} [default: 1 rank]");
    private readonly Option<DeviceRate?> _device = Parameters.Of("--device", (Ranges.Parsed(DeviceRate.Expects, DeviceRate.Parse) with { Placeholder = "DEVICE" }).OrNull(), null, $"Of --ranks: a device that sustains so many operations and bytes a second, {DeviceRate.Expects} [default: this machine, as --predict]");
    private readonly Option<int?> _simulate = Parameters.Of("--simulate", Ranges.From(1).OrUnset(), null, "Of --ranks: simulate so many steps over ranks that are not equally fast");
    private readonly Option<double> _stragglers = Parameters.Of("--stragglers", Ranges.NonNegative, 0.05, "Of --simulate: sigma of the lognormal factor by which a rank's step takes longer");
    private readonly Option<ulong> _seed = Parameters.Of("--seed", Ranges.Seed, 1UL, "Of --simulate: the seed of the factors");

    private const string NodeExpects = "RANKS:LATENCY:BANDWIDTH, as in 8:2us:300GB/s";

    /// <summary>The options.</summary>
    public IEnumerable<Option> All => [_ranks, .. Others];

    private IEnumerable<Option> Others => [_shards, _bucket, _link, _node, _device, _simulate, _stragglers, _seed];

    /// <summary>What was asked; null where <c>--ranks</c> is left out.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="batch">The global batch.</param>
    /// <param name="alone">Options that ask about one process.</param>
    /// <param name="context">The world.</param>
    /// <exception cref="UsageException">What was given does not go together.</exception>
    public ScalingWish? Read(ParseResult parsed, int? batch, IEnumerable<Option> alone, ToolContext context)
    {
        bool Given(Option option) => parsed.GetResult(option) is { Implicit: false };
        if (parsed.GetValue(_ranks) is not { } ranks)
        {
            return Others.FirstOrDefault(Given) is { } lonely ? throw new UsageException($"{lonely.Name} is of --ranks: give --ranks 64 too, or leave it out") : null;
        }

        if (alone.FirstOrDefault(Given) is { } other)
        {
            throw new UsageException($"{other.Name} asks about one process, and --ranks about several: leave one out");
        }

        int? steps = parsed.GetValue(_simulate);
        if (steps is null && ((Option[])[_stragglers, _seed]).FirstOrDefault(Given) is { } idle)
        {
            throw new UsageException($"{idle.Name} is of --simulate: give --simulate 200 too, or leave it out");
        }

        int shards = parsed.GetValue(_shards) ?? Math.Max(new ScalingOptions().Shards, ranks);
        if (shards < ranks)
        {
            throw new UsageException($"--shards is {shards}: give at least {ranks}, a shard a rank");
        }

        if (batch % shards is > 0)
        {
            throw new UsageException($"--batch is {batch}: give a multiple of {shards}, the shards, or other --shards");
        }

        var (cluster, links) = Cluster(parsed, context);
        return new ScalingWish(
            ranks, batch, shards, parsed.GetValue(_bucket) ?? new ScalingOptions().BucketBytes, cluster, links, parsed.GetValue(_device), steps, new Stragglers { Spread = parsed.GetValue(_stragglers), Random = new CounterRandom(parsed.GetValue(_seed)) });
    }

    private (ClusterModel Cluster, string Source) Cluster(ParseResult parsed, ToolContext context)
    {
        string? text = parsed.GetValue(_link);
        var link = text is null ? null : LinkModel.Parse(text);
        string path = text is null ? "" : Path.GetFullPath(text, context.Folder);
        if (text is not null && link is null && !File.Exists(path))
        {
            throw new UsageException($"--link is '{text}': give {LinkModel.Expects}, or a file that nonsmooth cluster --save wrote");
        }

        var (cluster, source) = link is not null ? (new ClusterModel(link), "as given") : text is null ? (LinksHere.Measure(context.Time), "measured between two threads here") : (ClusterFile.Read(path), $"of {text}");
        return (parsed.GetValue(_node) is { } node ? Noded(cluster, node) : cluster, source);
    }

    private static ClusterModel Noded(ClusterModel cluster, string node)
    {
        string[] parts = node.Split(':', 2);
        return parts.Length == 2 && int.TryParse(parts[0], System.Globalization.CultureInfo.InvariantCulture, out int ranks) && int.IsPow2(ranks) && LinkModel.Parse(parts[1]) is { } within
            ? cluster with { RanksPerNode = ranks, Within = within }
            : throw new UsageException($"--node is '{node}': give {NodeExpects}, the ranks a power of two");
    }
}
