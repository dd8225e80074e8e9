using System.Collections.Immutable;
using Nonsmooth.Engines.Spellings;
using Nonsmooth.Programs;

namespace Nonsmooth.Reliability.Profiles.Recordings;

/// <summary>What recordings of engines say of a row.</summary>
/// <param name="Spelling">The spelling that the row is.</param>
/// <param name="Profiles">The profiles whose selection, applied to the spelling in the engine's dialect, gives what was recorded.</param>
/// <param name="Gradients">What was recorded for profiles whose selection does not; empty where all that is known is that it changed.</param>
/// <param name="OwnProgram">Whether the row has other sizes than the spelling, so that its own program is differentiated.</param>
internal sealed record RecordedRow(
    string Spelling, IReadOnlyList<string> Profiles, ImmutableDictionary<string, IReadOnlyList<double>> Gradients, bool OwnProgram)
{
    /// <summary>A row of some engines.</summary>
    public static RecordedRow Recorded(string spelling, string profiles) => new(
        spelling,
        profiles.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        ImmutableDictionary.Create<string, IReadOnlyList<double>>(StringComparer.Ordinal),
        false);

    /// <summary>Another engine, whose gradient is written down.</summary>
    public RecordedRow But(string profile, params IReadOnlyList<double> gradient) => this with { Gradients = Gradients.Add(profile, gradient) };

    /// <summary>The row's own program instead of the spelling's.</summary>
    public RecordedRow ByTheRowsProgram() => this with { OwnProgram = true };

    /// <summary>The function of the row's point in a profile's dialect.</summary>
    public Func<Variable, Variable> Function(KinkRow row, Profile profile)
    {
        if (OwnProgram)
        {
            return row.Program ?? throw new NonsmoothException($"row {row.Id} has no program of its own: give one");
        }

        var spelling = SpellingCatalogue.Find(Spelling);
        return x => spelling.Build(profile.Dialect, spelling.Arguments == 1 ? [x] : [.. Enumerable.Range(0, spelling.Arguments).Select(i => Rows.Spelling.At(x, i))]);
    }
}
