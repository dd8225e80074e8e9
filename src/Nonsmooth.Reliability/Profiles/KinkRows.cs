using Nonsmooth.Reliability.Profiles.Rows;

namespace Nonsmooth.Reliability.Profiles;

/// <summary>The rows of the catalogue (reliability specification, section 5).</summary>
public static class KinkRows
{
    /// <summary>Every row, by family.</summary>
    public static IReadOnlyList<KinkRow> All { get; } =
    [
        .. Activations.Rows,
        .. Steps.Rows,
        .. Clamps.Rows,
        .. Pairs.Rows,
        .. Extremes.Rows,
        .. Pools.Rows,
        .. Orders.Rows,
        .. Norms.Rows,
        .. Singularities.Rows,
        .. Losses.Rows,
        .. Compositions.Rows,
    ];
}
