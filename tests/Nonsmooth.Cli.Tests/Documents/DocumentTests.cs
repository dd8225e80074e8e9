using Nonsmooth.Cli.Documents;

namespace Nonsmooth.Cli.Tests.Documents;

public sealed class DocumentTests
{
    [Fact]
    public void TheTerminalWrapsWithoutTrailingSpaceAndSpacesBlocks()
    {
        var document = new Document(1, "Head [x]").Say("one two three four five six").Table(["x"], (Column.Text("a"), x => x), (Column.Count("b"), _ => 1)).Say("end");
        string written = Terminal(document, 20);
        Assert.StartsWith("Head [x]\none two three four\nfive six\n", written, StringComparison.Ordinal);
        Assert.EndsWith("\n\nend\n", written, StringComparison.Ordinal);
        Assert.All(written.Split('\n'), line => Assert.Equal(line.TrimEnd(), line));
    }

    [Fact]
    public void EveryFormShowsTheSameReport()
    {
        var document = Report();
        Assert.Equal(
            """
            ### Costs
            
            - Cheap.
            
            #### Nodes
            
            | node | MAC | saved | share | interval |
            | --- | ---: | ---: | ---: | ---: |
            | `a\|b` | 1,234,567 | 2,048 B | 12.5 % | 1 to 2.5 |
            | `c` | – | 0 B | 0.0 % | none |
            
            Both.
            
            ```
            nonsmooth cost
            ```
            
            """.ReplaceLineEndings("\n"),
            MarkdownWriter.Of(document));
        Assert.Equal("""{"n":3}""", string.Concat(Json.Of(document.Data).Where(c => !char.IsWhiteSpace(c))));
        Assert.Equal("node,MAC,saved,share,interval\na|b,1234567,2048,0.125,1 to 2.5\nc,,0,0,none\n", CsvWriter.Of(document.Rows!));
        string html = HtmlWriter.Of(document);
        string[] shown = ["<title>Tab</title>", "<h1>Costs</h1>", "<li>Cheap.</li>", "<div><dt>nodes</dt><dd>3</dd></div>", "<h2>Nodes</h2>", "<td class=\"number\">1,234,567</td>", "<svg", "<p>Both.</p>", "<details><summary>Small print</summary>", "<pre>nonsmooth cost</pre>"];
        Assert.All(shown, part => Assert.Contains(part, html, StringComparison.Ordinal));
        string terminal = Terminal(document, 80);
        Assert.Contains("1.23 M", terminal, StringComparison.Ordinal);
        Assert.Contains("2.0 KiB", terminal, StringComparison.Ordinal);
        Assert.DoesNotContain("Small print", terminal, StringComparison.Ordinal);
    }

    [Fact]
    public void FieldsOfASpreadsheetAreQuotedWhereTheyMustBe() =>
        Assert.Equal("a\n\"x,\"\"y\"\"\"\n", CsvWriter.Of(Table.Of(["x,\"y\""], (Column.Text("a"), x => x))));

    private static Document Report()
    {
        (string Name, long? Macs, double Share, object? Ends)[] rows = [("a|b", 1_234_567, 0.125, new[] { 1, 2.5 }), ("c", null, 0, "none")];
        var table = Table.Of(
            rows,
            (Column.Code("node"), r => r.Name),
            (Column.Scaled("MAC"), r => r.Macs),
            (Column.Bytes("saved"), r => r.Macs is null ? 0 : 2048),
            (Column.Percent("share"), r => r.Share),
            (Column.Short("interval"), r => r.Ends));
        var document = new Document(new { n = 3 }, "Costs") { Tab = "Tab", Rows = table }.Verdict(["Cheap."]);
        document.Section("", Where.Html).Add(new Figures([("nodes", "3")]));
        document.Section("Nodes").Add(new LineChart("d", "x", "y", [new("l", [new(1, 1, 1, 1)])]), table).Say("Both.");
        document.Section("Small print", Where.Html, folded: true).Say("Much.");
        return document.Section("").Add(new Code("nonsmooth cost"));
    }

    private static string Terminal(Document document, int width)
    {
        var text = new StringWriter { NewLine = "\n" };
        new TerminalWriter(text, terminal: false, width).Write(document);
        return text.ToString();
    }
}
