using System.Text;
using System.Text.Json.Nodes;
using Nonsmooth.Engines.Judging;
using Nonsmooth.Engines.Recordings;
using Nonsmooth.Engines.Spellings;

namespace Nonsmooth.Engines.Atlases;

/// <summary>Findings with their witnesses as lines of JSON, for a check by other means: <c>engines/recheck.py</c>.</summary>
public static class AtlasWitnesses
{
    /// <summary>Findings at random: half of them accusations, half of them not.</summary>
    /// <param name="cells">Judged cells.</param>
    /// <param name="list">What was asked.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">The seed of the draw.</param>
    public static string Drawn(IReadOnlyList<JudgedCell> cells, IReadOnlyList<RecordedSpelling> list, int count, int seed)
    {
        var asked = list.ToDictionary(s => s.Name, StringComparer.Ordinal);
        var random = new Random(seed);
        var known = cells.Where(c => c.Witness is not null && c.Reverse.Count > 0 && c.ReverseFinding >= c.ForwardFinding
            && c.ReverseFinding is not (SlopeFinding.NotJudged or SlopeFinding.Moved or SlopeFinding.Flushed)).ToList();
        JudgedCell[] bad = [.. known.Where(c => c.ReverseFinding >= SlopeFinding.Conservative)];
        JudgedCell[] fine = [.. known.Where(c => c.ReverseFinding < SlopeFinding.Conservative)];
        random.Shuffle(bad);
        random.Shuffle(fine);
        var text = new StringBuilder();
        foreach (var cell in bad.Take(count / 2).Concat(fine.Take(count - (count / 2))))
        {
            text.Append(Line(cell, asked[cell.Spelling]).ToJsonString()).Append('\n');
        }

        return text.ToString();
    }

    private static JsonObject Line(JudgedCell cell, RecordedSpelling spelling) => new()
    {
        ["engine"] = cell.Recording,
        ["spelling"] = cell.Spelling,
        ["written"] = spelling.Written,
        ["kind"] = spelling.Kind == SpellingKind.Map ? "map" : "vector",
        ["format"] = cell.Format,
        ["point"] = cell.Point,
        ["inputs"] = RecordedLine.Written(cell.Inputs),
        ["arguments"] = new JsonArray([.. spelling.Kind == SpellingKind.Map ? cell.Inputs.Select(_ => (JsonNode)1) : spelling.Inputs[cell.Format].First(p => p.Name == cell.Point).Arguments.Select(a => (JsonNode)a.Data.Count)]),
        ["cotangent"] = RecordedLine.Written(cell.Cotangent),
        ["claim"] = RecordedLine.Written(cell.Reverse),
        ["finding"] = cell.ReverseFinding == SlopeFinding.NotFinite ? "not-finite" : cell.ReverseFinding.ToString().ToLowerInvariant(),
        ["kink"] = cell.IsKink,
        ["tolerance"] = cell.ReverseFinding == SlopeFinding.Rounded ? Math.Max(FormatScale.Of(cell.Format).Loose, 5e-3) : FormatScale.Of(cell.Format).Strict * 4,
        ["pieces"] = new JsonArray([.. cell.Witness!.Pieces.Select(p => (JsonNode)new JsonObject { ["direction"] = RecordedLine.Written(p.Direction), ["gradient"] = RecordedLine.Written(p.Gradient), ["share"] = p.Share })]),
        ["separation"] = RecordedLine.Written(cell.Witness.Separation),
        ["margin"] = cell.Witness.Margin,
    };
}
