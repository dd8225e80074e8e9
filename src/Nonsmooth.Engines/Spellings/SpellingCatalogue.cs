using Nonsmooth.Engines.Spellings.Families;

namespace Nonsmooth.Engines.Spellings;

/// <summary>All spellings, by name.</summary>
/// <remarks>Those of the list that the recorded engines were asked, written again word for word, which a test compares; and more of our own.</remarks>
public static class SpellingCatalogue
{
    private static readonly Dictionary<string, Spelling> _byName;

    static SpellingCatalogue() => _byName = All.ToDictionary(s => s.Name, StringComparer.Ordinal);

    /// <summary>Every spelling, by family.</summary>
    public static IReadOnlyList<Spelling> All { get; } =
    [
        .. Rectifiers.Rows,
        .. Absolutes.Rows,
        .. Identities.Rows,
        .. Clips.Rows,
        .. Activations.Rows,
        .. Steps.Rows,
        .. Powers.Rows,
        .. Smooths.Rows,
        .. Losses.Rows,
        .. Pairs.Rows,
        .. Triples.Rows,
        .. Extremes.Rows,
        .. Orders.Rows,
        .. Products.Rows,
        .. Norms.Rows,
        .. Moments.Rows,
        .. Sums.Rows,
        .. Pools.Rows,
        .. Matrices.Rows,
        .. Families.Programs.Rows,
        .. OwnLines.Rows,
        .. OwnArrays.Rows,
    ];

    /// <summary>The spelling of a name.</summary>
    /// <exception cref="NonsmoothException">There is none.</exception>
    public static Spelling Find(string name) => _byName.TryGetValue(name, out var spelling) ? spelling : throw new NonsmoothException(
        $"there is no spelling '{name}': see {nameof(SpellingCatalogue)}.{nameof(All)} for the {All.Count} there are");
}
