using System.Text.RegularExpressions;
using Nonsmooth.Cli.Documents;
using Nonsmooth.Engines.Pages;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Cli.Tests.Documents;

/// <summary>What every page has, whatever is on it.</summary>
public sealed partial class PageTests
{
    private static readonly DateTimeOffset _now = new(2026, 11, 30, 13, 5, 7, TimeSpan.FromHours(2));

    [Fact]
    public void ThePageBeginsWithItsAnswerAndEndsWithWhereItComesFrom()
    {
        string html = HtmlWriter.Of(Report(), new Provenance("1.2", "nonsmooth cost \"a <b>\"", 7, "a machine", null, _now));
        int[] places = [.. ((string[])["<h1>What?</h1>", "<p class=\"lead\">So it is: 5\u00A0%.</p>", "<dt>share</dt><dd>5\u00A0%</dd>", "<li>In theory.</li>", "</main>", "<footer>", "</html>"]).Select(p => html.IndexOf(p, StringComparison.Ordinal))];
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
        Assert.Contains("<dt>made by</dt><dd>nonsmooth 1.2</dd><dt>command</dt><dd>nonsmooth cost &quot;a &lt;b&gt;&quot;</dd><dt>seed</dt><dd>7</dd><dt>machine</dt><dd>a machine</dd><dt>libtorch</dt><dd>not used</dd><dt>time</dt><dd>2026-11-30 11:05 UTC</dd>", html, StringComparison.Ordinal);
        Assert.Contains("<dd>none: it takes no seed</dd>", HtmlWriter.Of(Report(), new Provenance("1.2", "c", null, "m", "2.10", _now)), StringComparison.Ordinal);
        Assert.DoesNotContain("<footer>", HtmlWriter.Of(Report()), StringComparison.Ordinal);
    }

    [Fact]
    public void OtherFormsBeginWithTheVerdict() => Assert.DoesNotContain("So it is", MarkdownWriter.Of(Report()), StringComparison.Ordinal);

    [Fact]
    public void StructureIsThatOfAPage()
    {
        string html = HtmlWriter.Of(Report());
        Assert.StartsWith("<!doctype html>\n<html lang=\"en\">", html, StringComparison.Ordinal);
        Assert.All((string[])["<title>Tab</title>", "name=\"viewport\"", "<main>"], part => Assert.Contains(part, html, StringComparison.Ordinal));
        Assert.Single(Regex.Matches(html, "<h1>"));
        Assert.DoesNotContain("<h3", html, StringComparison.Ordinal);

        // A policy that forbids styles of elements keeps all of the look.
        Assert.DoesNotContain(" style=", html, StringComparison.Ordinal);
    }

    [Fact]
    public void TablesScrollInFramesOfTheirOwnNames()
    {
        string html = HtmlWriter.Of(Report());
        string[] regions = [.. Region().Matches(html).Select(m => m.Groups[1].Value)];
        Assert.Equal(["Table: What?", "Table: Numbers", "Table 2: Numbers", "d"], regions);
        Assert.Equal(3, html.Split("<th scope=\"col\">a</th>").Length - 1);
        Assert.Equal(3, html.Split("<th scope=\"row\">x</th>").Length - 1);
        Assert.Contains("<td class=\"number\">1</td>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void ARunSaysWhatMadeItsPage()
    {
        using var folder = new TemporaryFolder();
        string[] line = ["cost", "mlp:2-3-2", "--report", "p.html"];
        var run = ToolRun.With(context => context with { Folder = folder.Path, Time = new Stopped(), Machine = () => "a quiet machine" }, line);
        Assert.Equal(0, run.ExitCode);
        string html = File.ReadAllText(Path.Combine(folder.Path, "p.html"));
        string footer = html[html.IndexOf("<footer>", StringComparison.Ordinal)..];
        Assert.All(
            (string[])[$"<dd>nonsmooth {ToolVersion.Text}</dd>", $"<dd>nonsmooth {string.Join(' ', line)}</dd>", "<dd>a quiet machine</dd>", "<dd>2026-11-30 11:05 UTC</dd>"],
            part => Assert.Contains(part, footer, StringComparison.Ordinal));
        Assert.Matches(@"\d+ processors, [\d.]+ GiB of memory, instructions \w+, ", MachineWords.Here());
    }

    private static Document Report()
    {
        var table = Table.Of(["x"], (Column.Text("a"), x => x), (Column.Count("b"), _ => 1));
        var document = new Document(1, "What?") { Tab = "Tab", Lead = new Lead("So it is: 5 %.", ("share", "5 %")) }.Verdict(["In theory."]).Add(table);
        document.Section("Numbers").Add(table, table);
        return document.Section("Picture").Add(new LineChart("d", "x", "y", [new("l", [new(1, 1, 1, 1)])]));
    }

    [GeneratedRegex("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"([^\"]*)\">")]
    private static partial Regex Region();

    private sealed class Stopped : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => _now;
    }
}
