using System.Globalization;
using System.Text;
using Nonsmooth.Engines.Judging;
using Nonsmooth.Engines.Pages;

namespace Nonsmooth.Engines.Atlases;

/// <summary>The defects, ranked by what they do to training, each ready to be reported: as Markdown and as a page.</summary>
internal static class ReportText
{
    private const string _intro = "Defects and disagreements of shipped engines, ranked by what they do to training. Each has a program of a few lines that shows it again, and beside it what PyTorch 2.14, JAX 0.10 and the minimal-norm rule say of the same operations at the same point. NaN that comes of the operations as they are written (√(x·x) at 0) is not listed.";

    public static string Markdown(Atlas atlas, string date)
    {
        var text = new StringBuilder("# Defects, ranked\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{_intro} {date}; made by `nonsmooth atlas`.\n");
        int number = 0;
        foreach (var group in AtlasDefect.Of(atlas).GroupBy(d => d.Effect))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {group.Key}\n");
            foreach (var defect in group)
            {
                text.Append(CultureInfo.InvariantCulture, $"\n### {++number}. {Heading(atlas, defect)}\n\n").AppendJoin("", Lines(atlas, defect).Select(l => $"- {l}\n"));
                string program = Program(atlas, defect);
                text.Append(program.Length == 0 ? "" : $"\n```{Languages.Find(defect.Engine)!.Fence}\n{program}\n```\n");
            }
        }

        return text.Append(DisagreementText.Markdown(atlas)).ToString();
    }

    public static Page Page(Atlas atlas, string date)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<p>{_intro} {date}.</p>\n");
        int number = 0;
        foreach (var group in AtlasDefect.Of(atlas).GroupBy(d => d.Effect))
        {
            text.Append(CultureInfo.InvariantCulture, $"<h2>{group.Key}</h2>\n");
            foreach (var defect in group)
            {
                text.Append(CultureInfo.InvariantCulture, $"<details><summary>{++number}. {AtlasText.Escape(Heading(atlas, defect))}</summary><ul>").AppendJoin("", Lines(atlas, defect).Select(l => $"<li>{AtlasText.Escape(l)}</li>"));
                text.Append(CultureInfo.InvariantCulture, $"</ul>{(Program(atlas, defect) is { Length: > 0 } program ? $"<pre>{AtlasText.Escape(program)}</pre>" : "")}</details>\n");
            }
        }

        return AtlasPage.Of("Defects, ranked", "", AtlasLeads.Report(number), text.ToString());
    }

    private static string Heading(Atlas atlas, AtlasDefect defect) =>
        $"{defect.Engine} {atlas.Recordings.First(r => r.Name == defect.Entry.Recording).Version}: {defect.Function}, {defect.Finding.Said}{(defect.Is16Bits ? ", in 16 bits" : "")}";

    private static IEnumerable<string> Lines(Atlas atlas, AtlasDefect defect)
    {
        var cell = defect.Entry.Example;
        yield return $"{defect.Entry.Spelling} in {cell.Format} at {AtlasText.Where(cell)}: reverse {AtlasText.Numbers(cell.Reverse)}{(cell.Forward.Count > 0 ? $", forward {AtlasText.Numbers(cell.Forward)}" : "")}; {AtlasText.Witness(cell)}";
        yield return $"recordings: {string.Join(", ", defect.Recordings)}; formats: {string.Join(", ", defect.Entry.Formats)}; spellings: {string.Join(", ", defect.Spellings)}";
        yield return $"there PyTorch says {Other(atlas, "pytorch-2.14", cell)}, JAX {Other(atlas, "jax-0.10", cell)}, the minimal-norm rule {(AtlasDefect.MinimalNorm(atlas.Asked.First(s => s.Name == cell.Spelling), cell) is { } least ? AtlasText.Numbers(least) : "nothing")}";
    }

    private static string Other(Atlas atlas, string recording, JudgedCell cell) => atlas.Cells
        .FirstOrDefault(c => c.Recording == recording && c.Spelling == cell.Spelling && c.Format == cell.Format && c.Inputs.SequenceEqual(cell.Inputs)) is { Reverse.Count: > 0 } other
        ? AtlasText.Numbers(other.Reverse) : "nothing";

    private static string Program(Atlas atlas, AtlasDefect defect) =>
        Languages.Find(defect.Engine)?.Program(atlas.Asked.First(s => s.Name == defect.Entry.Spelling), defect.Entry.Example) ?? "";
}
