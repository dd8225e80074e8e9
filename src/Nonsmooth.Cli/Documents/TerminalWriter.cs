using System.Text;
using Spectre.Console;

namespace Nonsmooth.Cli.Documents;

/// <summary>A report as a person reads it in a terminal: headings, sentences and tables.</summary>
internal sealed class TerminalWriter
{
    private const int _widest = 400;
    private readonly TextWriter _output;
    private readonly IAnsiConsole _console;
    private Part _last;

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
                _output.WriteLine(code.Text);
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
        _console.MarkupLine($"[bold]{Markup.Escape(text)}[/]");
    }

    /// <summary>A sentence, wrapped at the page's width.</summary>
    private void Say(string text)
    {
        Gap(onlyAfterTable: true);
        foreach (string line in Lines(text, _console.Profile.Width))
        {
            _output.WriteLine(line);
        }

        _last = Part.Text;
    }

    /// <remarks>A table that ends in numbers has no prose to wrap: it may be wider than the page, but its numbers stay whole.</remarks>
    private void Show(Table content)
    {
        var table = new Spectre.Console.Table { Border = TableBorder.Simple, UseSafeBorder = false };
        foreach (var column in content.Columns)
        {
            var shown = new TableColumn(new Text(column.Heading)) { NoWrap = column.IsNumber || table.Columns.Count == 0 };
            table.AddColumn(column.IsNumber ? shown.RightAligned() : shown);
        }

        foreach (var row in content.Rows)
        {
            table.AddRow(row.Select((value, i) => new Text(content.Columns[i].Cell(value))));
        }

        var text = new StringWriter();
        var plain = new TerminalWriter(text, terminal: false, content.Columns[^1].IsNumber ? _widest : _console.Profile.Width);
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
