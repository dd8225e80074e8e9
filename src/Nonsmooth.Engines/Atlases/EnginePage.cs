using System.Globalization;
using System.Text;
using Nonsmooth.Engines.Pages;
using Nonsmooth.Engines.Recordings;

namespace Nonsmooth.Engines.Atlases;

/// <summary>An engine: what is not right, the worst first, and what it cannot.</summary>
internal static class EnginePage
{
    private static readonly string _head = string.Concat(((string[])["spelling", "formats", "at", "value", "reverse", "forward", "why"]).Select(AtlasPage.Head));

    public static Page Of(Atlas atlas, Recording recording)
    {
        var mine = atlas.Entries.Where(e => e.Recording == recording.Name).ToList();
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<p>{recording.Engine} {recording.Version}, {recording.Mode}; {string.Join(", ", recording.Formats)}. {mine.Select(e => e.Spelling).Distinct().Count()} spellings answered, {recording.Cannot.Count} declined.</p>\n");
        foreach (var finding in AtlasFinding.All.Reverse().Where(f => f.Id is not ("right" or "unjudged")))
        {
            var some = mine.Where(e => e.Finding == finding).ToList();
            if (some.Count == 0)
            {
                continue;
            }

            text.Append(CultureInfo.InvariantCulture, $"<details{(finding.Id is "rounded" or "written" or "another" ? "" : " open")}><summary><span class=\"{finding.Id}\">{finding.Mark}</span> {finding.Said}: {some.Sum(e => e.Count)} {(some.Sum(e => e.Count) == 1 ? "cell" : "cells")}, {some.Count} {(some.Count == 1 ? "spelling" : "spellings")}</summary>");
            var rows = new StringBuilder();
            foreach (var entry in some.OrderBy(e => e.Spelling, StringComparer.Ordinal))
            {
                var cell = entry.Example;
                rows.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\"><a href=\"../functions/{AtlasText.File(entry.Function)}.html#{AtlasText.File(recording.Name)}\">{AtlasText.Escape(entry.Spelling)}</a></th><td>{string.Join(" ", entry.Formats)}</td><td>{AtlasText.Escape(AtlasText.Where(cell))}</td><td>{AtlasText.Numbers(cell.Value, 4)}</td><td>{AtlasText.Numbers(cell.Reverse, 5)}</td><td>{AtlasText.Numbers(cell.Forward, 3)}</td><td>{AtlasText.Escape(cell.Reason ?? "")}</td></tr>\n");
            }

            text.Append(AtlasPage.Table(finding.Said, _head, rows.ToString())).Append("</details>\n");
        }

        text.Append(DisagreementText.Of(atlas, recording.Name));
        return AtlasPage.Of(recording.Name, "../", AtlasLeads.Engine(recording, mine), text.ToString());
    }
}
