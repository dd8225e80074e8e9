using System.Text.Json.Nodes;
using Nonsmooth.Engines.Judging;
using Nonsmooth.Engines.Pages;

namespace Nonsmooth.Engines.Atlases;

/// <summary>An atlas as files: pages that need no server, the JSON of what they show, and the report.</summary>
public static class AtlasFiles
{
    /// <summary>The files: relative path and content.</summary>
    /// <param name="atlas">The atlas.</param>
    /// <param name="date">When it was judged, as it is to be shown.</param>
    /// <param name="provenance">What each page says of itself at its end: names and values, as version and command.</param>
    public static IEnumerable<(string Path, string Content)> Of(Atlas atlas, string date, params IReadOnlyList<(string Name, string Value)> provenance)
    {
        foreach (var (path, page) in Pages(atlas, date))
        {
            yield return (path, (page with { Provenance = provenance }).Html());
        }

        yield return ("report.md", ReportText.Markdown(atlas, date));
        yield return ("atlas.json", Json(atlas, date));
    }

    private static IEnumerable<(string Path, Page Page)> Pages(Atlas atlas, string date)
    {
        yield return ("index.html", OverviewPage.Of(atlas, date));
        yield return ("changes.html", ChangesPage.Of(atlas));
        yield return ("report.html", ReportText.Page(atlas, date));
        foreach (var recording in atlas.Recordings)
        {
            yield return ($"engines/{AtlasText.File(recording.Name)}.html", EnginePage.Of(atlas, recording));
        }

        foreach (string function in atlas.Cells.Select(c => c.Function).Distinct().Order(StringComparer.Ordinal))
        {
            yield return ($"functions/{AtlasText.File(function)}.html", FunctionPage.Of(atlas, function));
        }
    }

    private static string Json(Atlas atlas, string date) => new JsonObject
    {
        ["judged"] = date,
        ["findings"] = new JsonArray([.. AtlasFinding.All.Select(f => (JsonNode)new JsonObject { ["id"] = f.Id, ["said"] = f.Said })]),
        ["engines"] = new JsonArray([.. atlas.Recordings.Select(r => (JsonNode)new JsonObject { ["name"] = r.Name, ["engine"] = r.Engine, ["version"] = r.Version, ["mode"] = r.Mode })]),
        ["entries"] = new JsonArray([.. atlas.Entries.Select(e => (JsonNode)Entry(e))]),
        ["disagreements"] = new JsonArray([.. Disagreements(atlas.FormatDisagreements, "format"), .. Disagreements(atlas.SpellingDisagreements, "spelling")]),
        ["changes"] = new JsonArray([.. atlas.Changes.SelectMany(d => d.Causes.Select(c => (JsonNode)new JsonObject { ["from"] = d.First, ["to"] = d.Second, ["operation"] = c.Operation, ["line"] = c.Line }))]),
    }.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n";

    private static IEnumerable<JsonNode> Disagreements(IEnumerable<Disagreement> all, string kind) => all.Select(d => (JsonNode)new JsonObject
    {
        ["kind"] = kind,
        ["engine"] = d.Recording,
        ["function"] = d.Function,
        ["points"] = d.Points,
        ["line"] = DisagreementText.Line(d, kind == "format"),
    });

    private static JsonObject Entry(AtlasEntry e)
    {
        var entry = new JsonObject
        {
            ["function"] = e.Function,
            ["spelling"] = e.Spelling,
            ["engine"] = e.Recording,
            ["finding"] = e.Finding.Id,
            ["cells"] = e.Count,
            ["formats"] = string.Join(' ', e.Formats),
        };
        if (e.Finding.Id is not ("right" or "unjudged"))
        {
            entry["at"] = AtlasText.Where(e.Example);
            entry["reverse"] = AtlasText.Numbers(e.Example.Reverse);
            entry["forward"] = AtlasText.Numbers(e.Example.Forward);
            entry["witness"] = AtlasText.Witness(e.Example);
        }

        return entry;
    }
}
