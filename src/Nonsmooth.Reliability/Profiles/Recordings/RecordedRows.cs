namespace Nonsmooth.Reliability.Profiles.Recordings;

/// <summary>The rows of the catalogue that recordings of engines decide.</summary>
/// <remarks>Tests compare them with the recordings at every row's point that a recording has.</remarks>
internal static class RecordedRows
{
    /// <summary>By the row's name.</summary>
    public static IReadOnlyDictionary<string, RecordedRow> All { get; } =
        RecordedActivations.Rows.Concat(RecordedSteps.Rows).Concat(RecordedExtremes.Rows).Concat(RecordedOthers.Rows)
            .ToDictionary(StringComparer.Ordinal);
}
