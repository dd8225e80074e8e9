namespace Nonsmooth.Cli.Documents;

/// <summary>Where a page comes from: enough to get it again, or to see why it would differ.</summary>
/// <param name="Version">The version of the tool.</param>
/// <param name="Command">The command line.</param>
/// <param name="Seed">The seed; null where it takes none.</param>
/// <param name="Machine">The machine, in words.</param>
/// <param name="LibTorch">The version of libtorch; null where it was not used.</param>
/// <param name="Time">When it was made.</param>
internal sealed record Provenance(string Version, string Command, ulong? Seed, string Machine, string? LibTorch, DateTimeOffset Time)
{
    /// <summary>What each is, and its value.</summary>
    public IReadOnlyList<(string Name, string Value)> Rows =>
    [
        ("made by", $"nonsmooth {Version}"),
        ("command", Command),
        ("seed", Seed is { } seed ? seed.ToString(System.Globalization.CultureInfo.InvariantCulture) : "none: it takes no seed"),
        ("machine", Machine),
        ("libtorch", LibTorch ?? "not used"),
        ("time", Time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", System.Globalization.CultureInfo.InvariantCulture)),
    ];
}
