using Nonsmooth.Cli.Documents;

namespace Nonsmooth.Cli.Tests.Shell;

public sealed class TerminalWidthTests
{
    [Theory]
    [InlineData(100, null, 100)]
    [InlineData(0, null, 80)]
    [InlineData(0, "0", 80)]
    [InlineData(null, null, 80)]
    [InlineData(null, "72", 72)]
    [InlineData(null, "wide", 80)]
    [InlineData(500, null, 140)]
    [InlineData(10, null, 40)]
    public void AnUnknownSizeIsTheUsualOne(int? terminal, string? variable, int width) => Assert.Equal(width, TerminalWidth.Of(terminal, variable));

    [Fact]
    public void TextsWrapBeforeColumnsAreLeftOutAndTheLeastImportantGoFirst()
    {
        var table = Table.Of(
            ["one"],
            (Column.Text("name"), x => x),
            (Column.Text("more") with { Priority = -1 }, _ => "of no great weight"),
            (Column.Count("count"), _ => 123_456_789),
            (Column.Text("what it is"), _ => string.Join(' ', Enumerable.Repeat("word", 12))));
        Assert.Equal((0, 0), (Layout(table, 100).LeftOut.Count, Layout(table, 60).LeftOut.Count));
        Assert.Equal(["more"], Layout(table, 46).LeftOut);
        Assert.Equal(["more", "what it is"], Layout(table, 30).LeftOut);
        string page = Page(table, 46);
        Assert.Contains("123,456,789", page, StringComparison.Ordinal);
        Assert.EndsWith("  (left out at 46 columns: more)\n", page, StringComparison.Ordinal);
        Assert.All(page.Split('\n'), line => Assert.InRange(line.Length, 0, 46));
    }

    [Fact]
    public void NoTableIsWiderThanItsPage()
    {
        var table = Table.Of(
            Enumerable.Range(0, 3),
            (Column.Code("module"), i => string.Concat(Enumerable.Repeat("features.denseblock1.", i + 1))),
            (Column.Right("where"), i => string.Join(", ", Enumerable.Range(0, 4 * (i + 1)))),
            (Column.Text("why"), _ => "a/very/long/path/that/nobody/can/break/at/a/space"),
            (Column.Scaled("number of things"), i => 1e9 * i));
        for (int width = 40; width <= 140; width++)
        {
            Assert.All(Page(table, width).Split('\n'), line => Assert.InRange(line.Length, 0, width));
        }
    }

    [Fact]
    public void CommandsWrapSoThatAShellReadsThemAsOne()
    {
        string command = "nonsmooth compare strokes-lenet --optimizers innaprop:alpha=2,adamw --out \"a folder with blanks\" --seeds 6";
        string[] lines = [.. Wrapped.Command(command, 40)];
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 40));
        Assert.Equal(command, string.Join(' ', lines.Select(line => line.TrimEnd('\\').Trim())));
        Assert.All(lines[..^1], line => Assert.EndsWith(" \\", line, StringComparison.Ordinal));
    }

    private static TableLayout Layout(Table table, int width) =>
        TableLayout.Of(table.Columns, [.. table.Rows.Select(row => row.Select((value, i) => table.Columns[i].Cell(value)).ToArray())], width);

    private static string Page(Table table, int width)
    {
        using var page = new StringWriter { NewLine = "\n" };
        new TerminalWriter(page, terminal: false, width).Write(new Document(1).Add(table));
        return page.ToString();
    }
}
