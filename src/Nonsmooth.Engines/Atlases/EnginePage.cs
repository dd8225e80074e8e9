using System.Globalization;
using System.Text;
using Nonsmooth.Engines.Recordings;

namespace Nonsmooth.Engines.Atlases;

/// <summary>An engine: what is not right, the worst first, and what it cannot.</summary>
internal static class EnginePage
{
    public static string Of(Atlas atlas, Recording recording)
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

            text.Append(CultureInfo.InvariantCulture, $"<details{(finding.Id is "rounded" or "written" or "another" ? "" : " open")}><summary><span class=\"{finding.Id}\">{finding.Mark}</span> {finding.Said}: {some.Sum(e => e.Count)} cells, {some.Count} spellings</summary><div class=\"wide\" tabindex=\"0\"><table><thead><tr><th>spelling</th><th>formats</th><th>at</th><th>value</th><th>reverse</th><th>forward</th><th></th></tr></thead><tbody>\n");
            foreach (var entry in some.OrderBy(e => e.Spelling, StringComparer.Ordinal))
            {
                var cell = entry.Example;
                text.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\"><a href=\"../functions/{AtlasText.File(entry.Function)}.html#{AtlasText.File(recording.Name)}\">{AtlasText.Escape(entry.Spelling)}</a></th><td>{string.Join(" ", entry.Formats)}</td><td>{AtlasText.Escape(AtlasText.Where(cell))}</td><td>{AtlasText.Numbers(cell.Value, 4)}</td><td>{AtlasText.Numbers(cell.Reverse, 5)}</td><td>{AtlasText.Numbers(cell.Forward, 3)}</td><td>{AtlasText.Escape(cell.Reason ?? "")}</td></tr>\n");
            }

            text.Append("</tbody></table></div></details>\n");
        }

        text.Append(DisagreementText.Of(atlas, recording.Name));
        return AtlasPage.Of(recording.Name, "../", text.ToString());
    }
}
