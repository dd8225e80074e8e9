using System.Globalization;
using System.Text;
using Nonsmooth.Engines.Judging;

namespace Nonsmooth.Engines.Atlases;

/// <summary>Formats and spellings that an engine answers differently for, in words.</summary>
internal static class DisagreementText
{
    private const string _formats = "Formats that disagree: the same spelling at the same point, beyond rounding";
    private const string _spellings = "Spellings that disagree: the same function at the same point";

    /// <summary>A line: where, and who answers what.</summary>
    public static string Line(Disagreement d, bool isOfFormats)
    {
        var first = d.Sides[0][0];
        string sides = string.Join("; ", d.Sides.Select(s => $"{AtlasText.Numbers(s[0].Reverse, 6)}{Names(s, c => isOfFormats ? c.Format : c.Spelling)}"));
        return $"{(isOfFormats ? first.Spelling : d.Function)} at {AtlasText.Where(first)}{(isOfFormats ? "" : $" in {first.Format}")}: {sides}{(d.Points > 1 ? string.Create(CultureInfo.InvariantCulture, $" ({d.Points} points)") : "")}";
    }

    /// <summary>The two lists of an engine, folded.</summary>
    public static string Of(Atlas atlas, string recording)
    {
        var text = new StringBuilder();
        foreach (var (heading, all, isOfFormats) in new[] { (_formats, atlas.FormatDisagreements, true), (_spellings, atlas.SpellingDisagreements, false) })
        {
            var mine = all.Where(d => d.Recording == recording).ToList();
            if (mine.Count > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"<details><summary>{heading}: {mine.Count}</summary><ul>")
                    .AppendJoin("", mine.Select(d => $"<li>{AtlasText.Escape(Line(d, isOfFormats))}</li>")).Append("</ul></details>\n");
            }
        }

        return text.ToString();
    }

    /// <summary>For the report: how many, and the formats' in full.</summary>
    public static string Markdown(Atlas atlas)
    {
        var text = new StringBuilder("\n## One engine, two answers\n\nAt one point an engine may have one slope in f32 and another in f16, or one for relu(x) and another for where(x > 0, x, 0). Each may be a Clarke subgradient: no fault, but a change of format or of spelling changes the gradient. The engines' pages list both.\n\n| recording | formats that disagree | functions whose spellings disagree |\n|---|---|---|\n");
        foreach (var recording in atlas.Recordings)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {recording.Name} | {atlas.FormatDisagreements.Count(d => d.Recording == recording.Name)} | {atlas.SpellingDisagreements.Count(d => d.Recording == recording.Name)} |\n");
        }

        return text.Append("\nFormats:\n\n").AppendJoin("", atlas.FormatDisagreements.Select(d => $"- {d.Recording}: {Line(d, true)}\n")).ToString();
    }

    private static string Names(IReadOnlyList<JudgedCell> side, Func<JudgedCell, string> name) => $" ({string.Join(", ", side.Select(name).Distinct())})";
}
