using System.Text;
using Spectre.Console;

namespace Nonsmooth.Cli.Output;

/// <summary>A result as a person reads it: headings, sentences and tables on the output.</summary>
internal sealed class Page
{
    private const int _widest = 400;
    private readonly TextWriter _output;
    private readonly IAnsiConsole _console;

    public Page(TextWriter output, bool terminal, int width)
    {
        _output = output;
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = terminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        _console.Profile.Width = width;
        _console.Profile.Capabilities.Unicode = true;
    }

    /// <summary>A heading, with an empty line before it unless it is the first thing on the page.</summary>
    public void Heading(string text)
    {
        Gap();
        _console.MarkupLine($"[bold]{Markup.Escape(text)}[/]");
    }

    /// <summary>A sentence, wrapped at the page's width.</summary>
    public void Say(string text)
    {
        Gap(onlyAfterTable: true);
        foreach (string line in Lines(text, _console.Profile.Width))
        {
            _output.WriteLine(line);
        }

        _last = Part.Text;
    }

    /// <summary>A table; columns whose heading begins with <c>&gt;</c> are set right.</summary>
    /// <remarks>A table that ends in such a column has no prose to wrap: it may be wider than the page, but its numbers stay whole.</remarks>
    public void Table(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table { Border = TableBorder.Simple, UseSafeBorder = false };
        foreach (string heading in headings)
        {
            bool right = heading.StartsWith('>');
            var column = new TableColumn(new Text(right ? heading[1..] : heading));
            column.NoWrap = right || table.Columns.Count == 0;
            table.AddColumn(right ? column.RightAligned() : column);
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        var text = new StringWriter();
        var plain = new Page(text, terminal: false, headings[^1].StartsWith('>') ? _widest : _console.Profile.Width);
        plain._console.Write(table);
        foreach (string line in text.ToString().TrimEnd().Split('\n'))
        {
            _output.WriteLine(line.TrimEnd());
        }

        _last = Part.Table;
    }

    private static IEnumerable<string> Lines(string text, int width)
    {
        var line = new StringBuilder();
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        yield return line.ToString();
    }

    private enum Part
    {
        Nothing,
        Text,
        Table,
    }

    private Part _last;

    private void Gap(bool onlyAfterTable = false)
    {
        if (_last == Part.Table || (_last == Part.Text && !onlyAfterTable))
        {
            _output.WriteLine();
        }

        _last = Part.Text;
    }
}
