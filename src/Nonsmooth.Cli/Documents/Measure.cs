namespace Nonsmooth.Cli.Documents;

/// <summary>The units of a quantity: an axis is labelled in the one that suits its largest number.</summary>
/// <param name="Units">Each with its size, the smallest first.</param>
internal sealed record Measure(params IReadOnlyList<(double Size, string Name)> Units)
{
    /// <summary>Numbers alone.</summary>
    public static Measure Plain { get; } = new((1, ""));

    /// <summary>Percent.</summary>
    public static Measure Percent { get; } = new((1, "%"));

    /// <summary>Counts.</summary>
    public static Measure Count { get; } = new((1, ""), (1e3, "k"), (1e6, "M"), (1e9, "G"), (1e12, "T"), (1e15, "P"), (1e18, "E"));

    /// <summary>Bytes.</summary>
    public static Measure Bytes { get; } = new((1, "B"), (1 << 10, "KiB"), (1 << 20, "MiB"), (1 << 30, "GiB"), (1L << 40, "TiB"));

    /// <summary>Milliseconds.</summary>
    public static Measure Milliseconds { get; } = new((1e-3, "µs"), (1, "ms"), (1e3, "s"), (6e4, "min"));

    /// <summary>The largest unit that a number has one of at least.</summary>
    public (double Size, string Name) For(double most) => Units.LastOrDefault(u => u.Size <= most, Units[0]);
}
