using System.Globalization;
using System.Text;
using Nonsmooth.Engines.Pages;
using Nonsmooth.Engines.Recordings;

namespace Nonsmooth.Engines.Atlases;

/// <summary>A function: its spellings beside each other, and what each engine answers.</summary>
internal static class FunctionPage
{
    private const string _script = "const open=()=>{const d=document.getElementById(decodeURIComponent(location.hash.slice(1)));if(d){d.open=true;d.scrollIntoView();d.querySelector('summary').focus()}};addEventListener('hashchange',open);open();";

    public static Page Of(Atlas atlas, string function)
    {
        var spellings = atlas.Asked.Where(s => s.Function == function).ToList();
        var entries = atlas.Entries.Where(e => e.Function == function).ToList();
        var recordings = atlas.Recordings.Where(r => entries.Any(e => e.Recording == r.Name)).ToList();
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<p>{spellings.Count} {(spellings.Count == 1 ? "spelling" : "spellings")}; all should have the same value and, where it has one, the same derivative.</p>\n");
        Table(text, "What engines answer", spellings, recordings, (s, r) =>
        {
            var mine = entries.Where(e => e.Spelling == s.Name && e.Recording == r.Name).ToList();
            var worst = mine.MaxBy(e => AtlasFinding.All.ToList().IndexOf(e.Finding))?.Finding;
            return worst is null ? ("", "") : (worst.Id, $"<a href=\"#{AtlasText.File(r.Name)}\" title=\"{worst.Said}\">{worst.Mark}</a>");
        });
        Kinks(text, atlas, function, spellings, recordings);
        Write(text, spellings, recordings, entries);
        foreach (var recording in recordings)
        {
            Engine(text, recording, spellings, [.. entries.Where(e => e.Recording == recording.Name)]);
        }

        return AtlasPage.Of(function, "../", AtlasLeads.Function(function, spellings.Count, entries, recordings.Count), text.ToString()) with { Script = _script };
    }

    private static void Table(StringBuilder text, string heading, List<RecordedSpelling> spellings, List<Recording> recordings, Func<RecordedSpelling, Recording, (string Class, string Text)> cell)
    {
        var rows = new StringBuilder();
        foreach (var spelling in spellings)
        {
            rows.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{AtlasText.Escape(spelling.Name)}</th>")
                .AppendJoin("", recordings.Select(r => cell(spelling, r) is var (c, t) ? $"<td class=\"m {c}\">{t}</td>" : ""))
                .Append(CultureInfo.InvariantCulture, $"<td><code>{AtlasText.Escape(spelling.Written)}</code></td></tr>\n");
        }

        string head = string.Concat(recordings.Select(r => r.Name).Prepend("spelling").Append("written").Select(AtlasPage.Head));
        text.Append(CultureInfo.InvariantCulture, $"<h2>{AtlasText.Escape(heading)}</h2>{AtlasPage.Table(heading, head, rows.ToString())}");
    }

    // The slopes at the kinks of functions of one variable: spelling beside spelling.
    private static void Kinks(StringBuilder text, Atlas atlas, string function, List<RecordedSpelling> spellings, List<Recording> recordings)
    {
        var cells = atlas.Cells.Where(c => c.Function == function && c.IsKink && c.Inputs.Count == 1 && c.Reverse.Count == 1 && c.Format is "f64" or "f32").ToList();
        foreach (string point in cells.Where(c => c.Function == function && c.Inputs.Count == 1 && c.Point != "-0").Select(c => c.Point).Distinct().Take(2))
        {
            var here = cells.Where(c => c.Function == function && c.Point == point).ToLookup(c => (c.Spelling, c.Recording));
            Table(text, $"Slopes at {point}", spellings, recordings, (s, r) => here[(s.Name, r.Name)].FirstOrDefault(c => c.Reverse.Count == 1) is { } c
                ? (AtlasFinding.Of(c).Id, AtlasText.Number(c.Reverse[0]))
                : ("", ""));
        }
    }

    private static void Write(StringBuilder text, List<RecordedSpelling> spellings, List<Recording> recordings, List<AtlasEntry> entries)
    {
        string[] fine = ["right", "unjudged", "rounded"];
        var everywhere = spellings.Where(s => recordings.All(r => entries.Where(e => e.Spelling == s.Name && e.Recording == r.Name).All(e => fine.Contains(e.Finding.Id)))).Select(s => s.Name).ToList();
        text.Append("<h2>Which to write</h2><p>").Append(everywhere.Count > 0
            ? $"Right in every engine that has it: {AtlasText.Escape(string.Join(", ", everywhere))}."
            : "No spelling is right in every engine that has it.").Append("</p>\n");
    }

    private static void Engine(StringBuilder text, Recording recording, List<RecordedSpelling> spellings, List<AtlasEntry> entries)
    {
        text.Append(CultureInfo.InvariantCulture, $"<details id=\"{AtlasText.File(recording.Name)}\"><summary>{recording.Name}: {string.Join(", ", entries.GroupBy(e => e.Finding).OrderBy(g => AtlasFinding.All.ToList().IndexOf(g.Key)).Select(g => $"{g.Sum(e => e.Count)} {g.Key.Id}"))}</summary>\n");
        foreach (var entry in entries.Where(e => e.Finding.Id is not ("right" or "unjudged" or "rounded")).OrderByDescending(e => AtlasFinding.All.ToList().IndexOf(e.Finding)))
        {
            Example(text, recording, spellings.First(s => s.Name == entry.Spelling), entry, true);
        }

        foreach (var entry in entries.Where(e => e.Finding.Id is "right" or "rounded").Take(3))
        {
            Example(text, recording, spellings.First(s => s.Name == entry.Spelling), entry, false);
        }

        text.Append("</details>\n");
    }

    private static void Example(StringBuilder text, Recording recording, RecordedSpelling spelling, AtlasEntry entry, bool program)
    {
        var cell = entry.Example;
        text.Append(CultureInfo.InvariantCulture, $"<p><b class=\"{entry.Finding.Id}\">{entry.Finding.Mark}</b> <b>{AtlasText.Escape(entry.Spelling)}</b>: {entry.Finding.Said}; {entry.Count} {(entry.Count == 1 ? "cell" : "cells")} in {string.Join(", ", entry.Formats)}</p><dl><dt>point, {cell.Format}</dt><dd>{AtlasText.Escape(AtlasText.Where(cell))}</dd><dt>value</dt><dd>{AtlasText.Numbers(cell.Value)}{(cell.RightValue.Count > 0 ? $", right {AtlasText.Numbers(cell.RightValue)}" : "")}</dd><dt>reverse</dt><dd>{AtlasText.Numbers(cell.Reverse)}</dd><dt>forward</dt><dd>{AtlasText.Numbers(cell.Forward)}</dd>");
        string witness = AtlasText.Witness(cell);
        text.Append(witness.Length > 0 ? $"<dt>witness</dt><dd>{AtlasText.Escape(witness)}</dd></dl>\n" : "</dl>\n");
        if (program && Languages.Find(recording.Engine) is { } language)
        {
            text.Append(language.Program(spelling, cell) is { Length: > 0 } lines ? $"<pre>{AtlasText.Escape(lines)}</pre>\n" : "");
        }
    }
}
