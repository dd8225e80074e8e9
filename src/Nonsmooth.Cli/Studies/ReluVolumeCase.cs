using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Reliability.Statistics;

namespace Nonsmooth.Cli.Studies;

/// <summary>A row of the ReLU'(0) study.</summary>
/// <param name="Depth">Hidden layers.</param>
/// <param name="Width">Neurons of each.</param>
/// <param name="Batch">Images of a batch.</param>
/// <param name="Precision">The format.</param>
/// <param name="Published">Affected draws of 1,000, where it was published.</param>
/// <param name="Compared">What is compared.</param>
/// <param name="Peer">What PyTorch 2.13 gave on a processor, where it was run (reliability specification, 2.6).</param>
/// <param name="Block">Inputs that a linear layer sums at once before it adds the sums; null for the kernel's own order.</param>
internal sealed record ReluVolumeCase(
    int Depth,
    int Width,
    int Batch,
    Precision Precision,
    int? Published,
    ReluVolumeCompared Compared = ReluVolumeCompared.FirstWeight,
    Proportion? Peer = null,
    int? Block = null)
{
    /// <summary>Images of the published study.</summary>
    public const int Images = 60_000;

    private static readonly ReluVolumeCase _head = new(3, 256, 256, Precision.Float32, 463) { Peer = new(411, 1000) };

    /// <summary>Every row: the headline, how it depends on what is compared and on the order of sums, then the published ones, the widest last.</summary>
    public static IReadOnlyList<ReluVolumeCase> All { get; } =
    [
        _head,
        _head with { Compared = ReluVolumeCompared.All, Published = null, Peer = null },
        _head with { Compared = ReluVolumeCompared.Bug },
        .. Depths(Precision.Float32, (1, 54, 46), (2, 258, 87), (5, 647, 155), (6, 697, 163)),
        _head with { Block = 64 },
        .. Depths(Precision.Float32, (1, 54, 46), (6, 697, 163)).Select(c => c with { Block = 64 }),
        .. Widths(Precision.Float32, (16, 21), (64, 163), (512, 582)),
        .. Depths(Precision.Float16, (1, 871, null), (2, 999, null), (3, 1000, null), (5, 1000, null), (6, 1000, null)),
        .. Widths(Precision.Float16, (16, 333), (64, 1000), (512, 1000), (1024, 1000)),
        .. new[] { (16, 439), (64, 453), (512, 351), (1024, 384) }.Select(b => new ReluVolumeCase(3, 256, b.Item1, Precision.Float32, b.Item2)),
        .. Depths(Precision.Float64, (1, 0, null), (3, 0, null), (6, 0, null)),
        .. Widths(Precision.Float32, (1024, 873)),
    ];

    /// <summary><c>3x256, batch 256, f32, published bug</c>.</summary>
    public override string ToString()
    {
        string compared = Compared switch { ReluVolumeCompared.All => ", all gradients", ReluVolumeCompared.Bug => ", published bug", _ => "" };
        return $"{Depth}x{Width}, batch {Batch}, {Precision.Name()}{compared}{(Block is { } block ? $", sums in blocks of {block}" : "")}";
    }

    private static IEnumerable<ReluVolumeCase> Depths(Precision precision, params (int Depth, int Count, int? Peer)[] published) =>
        published.Select(p => new ReluVolumeCase(p.Depth, 256, 256, precision, p.Count) { Peer = p.Peer is { } peer ? new Proportion(peer, 300) : null });

    private static IEnumerable<ReluVolumeCase> Widths(Precision precision, params (int Width, int Count)[] published) =>
        published.Select(p => new ReluVolumeCase(3, p.Width, 256, precision, p.Count));
}
