namespace Nonsmooth.Optimizers.Tests.Recorded;

/// <summary>Recordings from which an optimizer here differs by its definition.</summary>
/// <param name="Library">torch or optax.</param>
/// <param name="Theirs">The optimizer's name there.</param>
/// <param name="With">Part of the recording's settings; empty for all.</param>
/// <param name="Reason">What is defined otherwise.</param>
internal sealed record RecordedDifference(string Library, string Theirs, string With, string Reason)
{
    /// <summary>How far the two are apart at most.</summary>
    public double Bound { get; init; } = double.PositiveInfinity;

    /// <summary>In float32 there is none.</summary>
    public bool OnlyDouble { get; init; }

    public string Name => $"{Library} {Theirs} {With}".TrimEnd();

    public bool Holds(Recording r) => r.Library == Library && r.Optimizer == Theirs && r.Text.Contains(With, StringComparison.Ordinal) && (r.IsDouble || !OnlyDouble);
}

/// <summary>The differences; one that no longer is fails.</summary>
internal static class RecordedDifferences
{
    public static RecordedDifference[] All { get; } =
    [
        new("optax", "rprop", "", "a step moves by what the step before it found, and not at all where the sign turned since"),
        new("optax", "muon", "", "Nesterov's look-ahead mixes bias-corrected averages, and what is no matrix goes to Adam with Nesterov momentum"),
        new("torch", "Muon", "", "the Newton–Schulz steps are taken in bfloat16; apart by less than 0.01") { Bound = 1e-2 },
        new("torch", "NAdam", "", "torch keeps the product of the momenta in float32 for float64 parameters too; apart by less than 1e-8") { Bound = 1e-8, OnlyDouble = true },
    ];

    public static RecordedDifference? Find(Recording recording) => Array.Find(All, d => d.Holds(recording));
}
