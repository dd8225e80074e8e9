using Nonsmooth.Reliability.Profiles;

namespace Nonsmooth.Cli.Kinks;

/// <summary>What differs between two profiles, or between two libtorch folders.</summary>
/// <param name="First">The first one's name or folder.</param>
/// <param name="Second">The second one's.</param>
/// <param name="Compared">The rows of which both know the gradient, or whether there is one.</param>
/// <param name="Rows">Those that differ, each with two gradients.</param>
internal sealed record KinkDiff(string First, string Second, int Compared, IReadOnlyList<CatalogueRow> Rows)
{
    /// <summary>Compares two; what has a separator or is a folder is measured as a libtorch, else it is a profile.</summary>
    public static KinkDiff Between(string first, string second)
    {
        var (a, b) = (Sheet(first).Rows, Sheet(second).Rows.ToDictionary(r => r.Id));
        var both = a.Where(r => b.ContainsKey(r.Id))
            .Select(r => r with { Gradients = [r.Gradients[0], b[r.Id].Gradients[0]], ObeysItsRule = null })
            .Where(r => r.Gradients.All(g => g.Source != KinkSource.Unknown)).ToList();
        return new(first, second, both.Count, [.. both.Where(r => !r.Gradients[0].Agrees(r.Gradients[1]))]);
    }

    private static CatalogueSheet Sheet(string name) => OtherLibTorch.IsFolder(name)
        ? OtherLibTorch.Measure(name)
        : CatalogueSheet.Of(UsageException.Read(() => Profile.Find(name)));
}
