namespace Nonsmooth.Bench.Claims;

/// <summary>What verbs found, for those who want figures and not lines.</summary>
internal static class Taken
{
    private static readonly List<(string Id, double Ours, double? Theirs, double? Ratio, double? Low, double? High)> _all = [];

    /// <summary>All figures so far, in their order.</summary>
    public static IReadOnlyList<(string Id, double Ours, double? Theirs, double? Ratio, double? Low, double? High)> All => _all;

    /// <summary>Notes a figure; the ratio is the quotient where none is given.</summary>
    public static void Note(string id, double ours, double? theirs = null, double? ratio = null, double? low = null, double? high = null) =>
        _all.Add((id, ours, theirs, ratio ?? (ours / theirs), low, high));
}
