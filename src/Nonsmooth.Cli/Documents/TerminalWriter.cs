using Nonsmooth.Cli.Output;
using Spectre.Console;

namespace Nonsmooth.Cli.Documents;

/// <summary>A report as a person reads it in a terminal: headings, sentences and tables.</summary>
internal sealed class TerminalWriter
{
    private readonly TextWriter _output;
    private readonly IAnsiConsole _console;
    private Part _last;

    // What the table before left out: what the next leaves out too is not said again.
    private string _leftOut = "";

    public TerminalWriter(TextWriter output, bool terminal, int width)
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

    /// <summary>Writes a report.</summary>
    public void Write(Document document)
    {
        if (document.Title.Length > 0)
        {
            Heading(document.Title);
        }

        foreach (var section in document.In(Where.Terminal))
        {
            if (section.Heading.Length > 0)
            {
                Heading(section.Heading);
            }

            section.Blocks.ForEach(Write);
        }
    }

    private void Write(Block block)
    {
        switch (block)
        {
            case Sentence sentence:
                Say(sentence.Text);
                break;
            case Verdict verdict:
                verdict.Sentences.ToList().ForEach(s => Say("• " + s));
                break;
            case Figures figures:
                figures.Values.ToList().ForEach(f => Say($"{f.Name}: {f.Value}"));
                break;
            case Code code:
                Gap(onlyAfterTable: true);
                Lines(Wrapped.Command(code.Text, _console.Profile.Width));
                break;
            case Table table:
                Show(table);
                break;
        }
    }

    /// <summary>A heading, with an empty line before it unless it is the first thing on the page.</summary>
    private void Heading(string text)
    {
        Gap();
        foreach (string line in Wrapped.Sentence(text, _console.Profile.Width))
        {
            _console.MarkupLine($"[bold]{Markup.Escape(line)}[/]");
        }
    }

    /// <summary>A sentence, wrapped at the page's width.</summary>
    private void Say(string text)
    {
        Gap(onlyAfterTable: true);
        Lines(Wrapped.Sentence(text, _console.Profile.Width));
        _last = Part.Text;
    }

    private void Show(Table content)
    {
        string[][] cells = [.. content.Rows.Select(row => row.Select((value, i) => content.Columns[i].Cell(value)).ToArray())];
        var layout = TableLayout.Of(content.Columns, cells, _console.Profile.Width);
        var table = new Spectre.Console.Table { Border = TableBorder.Simple, UseSafeBorder = false };
        string Fitted(string text, int at) => string.Join('\n', Wrapped.Cell(text, layout.Widths[at]));
        foreach (var (column, at) in layout.Shown.Select((i, at) => (content.Columns[i], at)))
        {
            var shown = new TableColumn(new Text(Fitted(column.Heading, at))) { NoWrap = true, Width = layout.Widths[at] };
            table.AddColumn(column.IsNumber ? shown.RightAligned() : shown);
        }

        foreach (string[] row in cells)
        {
            table.AddRow(layout.Shown.Select((i, at) => new Text(Fitted(row[i], at))));
        }

        var text = new StringWriter();
        new TerminalWriter(text, terminal: false, _console.Profile.Width)._console.Write(table);
        foreach (string line in text.ToString().TrimEnd().Split('\n'))
        {
            _output.WriteLine(line.TrimEnd());
        }

        string leftOut = string.Join(", ", layout.LeftOut);
        if (leftOut.Length > 0 && leftOut != _leftOut)
        {
            Lines(Wrapped.Sentence($"(left out at {Numbers.Whole(_console.Profile.Width)} columns: {leftOut})", _console.Profile.Width - 2).Select(l => "  " + l));
        }

        _leftOut = leftOut;

        _last = Part.Table;
    }

    private void Lines(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            _output.WriteLine(line);
        }
    }

    private void Gap(bool onlyAfterTable = false)
    {
        if (_last == Part.Table || (_last == Part.Text && !onlyAfterTable))
        {
            _output.WriteLine();
        }

        _last = Part.Text;
    }

    private enum Part
    {
        Nothing,
        Text,
        Table,
    }
}
