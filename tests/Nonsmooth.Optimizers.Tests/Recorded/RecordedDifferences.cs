namespace Nonsmooth.Optimizers.Tests.Recorded;

/// <summary>Recordings from which an optimizer here differs by its definition.</summary>
/// <param name="Library">torch or optax.</param>
/// <param name="Theirs">The optimizer's name there.</param>
/// <param name="With">Part of the recording's settings; empty for all.</param>
/// <param name="Reason">What is defined otherwise.</param>
internal sealed record RecordedDifference(string Library, string Theirs, string With, string Reason)
{
    public string Name => $"{Library} {Theirs} {With}".TrimEnd();

    public bool Holds(Recording r) => r.Library == Library && r.Optimizer == Theirs && r.Text.Contains(With, StringComparison.Ordinal);
}

/// <summary>The differences; one that no longer is fails.</summary>
internal static class RecordedDifferences
{
    public static RecordedDifference[] All { get; } =
    [
        new("optax", "rprop", "", "see below"),
    ];

    public static RecordedDifference? Find(Recording recording) => Array.Find(All, d => d.Holds(recording));
}
