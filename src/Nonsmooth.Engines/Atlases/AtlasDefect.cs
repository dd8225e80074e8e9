using Nonsmooth.Engines.Conformance;
using Nonsmooth.Engines.Dialects;
using Nonsmooth.Engines.Judging;
using Nonsmooth.Engines.Recordings;
using Nonsmooth.Engines.Spellings;
using Nonsmooth.Selections;

namespace Nonsmooth.Engines.Atlases;

/// <summary>What an engine does wrong with a function: ready to be reported.</summary>
/// <param name="Engine">The engine.</param>
/// <param name="Recordings">In which recordings of it.</param>
/// <param name="Function">The function.</param>
/// <param name="Finding">What is wrong.</param>
/// <param name="Spellings">In which spellings.</param>
/// <param name="Entry">One of them.</param>
public sealed record AtlasDefect(
    string Engine, IReadOnlyList<string> Recordings, string Function, AtlasFinding Finding, IReadOnlyList<string> Spellings, AtlasEntry Entry)
{
    private static readonly (string Id, bool IsKink, string Effect)[] _ranks =
    [
        ("notfinite", false, "NaN at an ordinary point: one such element, and every parameter is NaN after the step."),
        ("zero", false, "Zero at an ordinary point: what lies before it learns nothing, and nothing says so."),
        ("outside", false, "A wrong gradient at an ordinary point: updates go astray wherever it is used."),
        ("notfinite", true, "NaN as soon as an input is exactly there, as padding, dead units and equal entries are."),
        ("zero", true, "Zero at exact points, where the function has a derivative that is not."),
        ("outside", true, "At ties and exact kinks, as repeated, padded or quantised data have them, the step is too long or no descent."),
        ("split", true, "Products with Hessians, and checks by forward mode, contradict the gradient that trains."),
        ("split", false, "Products with Hessians, and checks by forward mode, contradict the gradient that trains."),
    ];

    /// <summary>The rank of its kind by what it does to training, from 0.</summary>
    public int Rank => Array.FindIndex(_ranks, r => r.Id == Kind && r.IsKink == Entry.Example.IsKink) is var i && Is16Bits ? i + _ranks.Length : i;

    /// <summary>What it does to training.</summary>
    public string Effect => _ranks.First(r => r.Id == Kind && r.IsKink == Entry.Example.IsKink).Effect;

    /// <summary>Whether it is seen in 16 bits alone.</summary>
    public bool Is16Bits => Entry.Formats.All(f => f is "bf16" or "f16");

    // What forward mode alone has wrong does not train.
    private string Kind => Entry.Example.Reverse.Count > 0 && Entry.Example.ReverseFinding < SlopeFinding.NotFinite ? "split" : Finding.Id;

    /// <summary>All of an atlas, the worst first.</summary>
    public static IReadOnlyList<AtlasDefect> Of(Atlas atlas)
    {
        var engines = atlas.Recordings.ToDictionary(r => r.Name, r => r.Engine, StringComparer.Ordinal);
        return [.. atlas.Entries.Where(e => _ranks.Any(r => r.Id == e.Finding.Id) && (e.Example.Reverse.Count > 0 || e.Example.Forward.Count > 0) && e.Example.ValueFinding != ValueFinding.NotFinite)
            .GroupBy(e => (Engine: engines[e.Recording], e.Function, e.Finding))
            .Select(g => new AtlasDefect(
                g.Key.Engine,
                [.. g.Select(e => e.Recording).Distinct()],
                g.Key.Function,
                g.Key.Finding,
                [.. g.Select(e => e.Spelling).Distinct()],
                g.OrderBy(e => e.Formats.All(f => f is "bf16" or "f16")).ThenBy(e => e.Example.IsKink).ThenBy(e => e.Spelling.Length).First()))
            .OrderBy(d => d.Rank).ThenBy(d => d.Engine, StringComparer.Ordinal).ThenBy(d => d.Function, StringComparer.Ordinal)];
    }

    /// <summary>What the minimal-norm rule gives for the same operations at the same point; null where they have no program.</summary>
    public static IReadOnlyList<double>? MinimalNorm(RecordedSpelling asked, JudgedCell cell)
    {
        var spelling = SpellingCatalogue.Find(asked.Name);
        var point = asked.Inputs[cell.Format].First(p => asked.Kind == SpellingKind.Map || p.Name == cell.Point);
        IReadOnlyList<RecordedArray> inputs = asked.Kind == SpellingKind.Map ? [.. cell.Inputs.Select(x => new RecordedArray(new(1), [x]))] : point.Arguments;
        return spelling.Express(Dialect.Standard, [.. inputs.Select(x => x.Shape)]).Program is { } program
            ? [.. OurAnswer.Of(program, asked.Kind, new("", inputs), cell.Format, Selection.MinimalNorm, false).Reverse!.SelectMany(s => s!)]
            : null;
    }
}
