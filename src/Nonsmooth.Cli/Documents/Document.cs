using Nonsmooth.Engines.Pages;

namespace Nonsmooth.Cli.Documents;

/// <summary>A report, built once and printed by a writer a form.</summary>
/// <param name="data">What scripts read: the object that JSON writes.</param>
/// <param name="title">What it is about; empty where it begins with its sections.</param>
internal sealed class Document(object data, string title = "")
{
    private readonly List<Section> _sections = [new("", Where.All, false)];

    /// <summary>What scripts read.</summary>
    public object Data => data;

    /// <summary>What it is about.</summary>
    public string Title { get; } = title;

    /// <summary>What the tab of a browser says; the title if it is not given.</summary>
    public string Tab { get; init; } = title;

    /// <summary>What a page says first; other forms begin with the verdict.</summary>
    public Lead? Lead { get; init; }

    /// <summary>The rows for a spreadsheet, if there are any.</summary>
    public Table? Rows { get; init; }

    /// <summary>Sections that are shown in a form and have something in them.</summary>
    public IEnumerable<Section> In(Where form) => _sections.Where(s => s.Where.HasFlag(form) && s.Blocks.Count > 0);

    /// <summary>Begins a section: what is added next stands in it.</summary>
    public Document Section(string heading, Where where = Where.All, bool folded = false)
    {
        _sections.Add(new Section(heading, where, folded));
        return this;
    }

    /// <summary>Adds blocks.</summary>
    public Document Add(params IEnumerable<Block> blocks)
    {
        _sections[^1].Blocks.AddRange(blocks);
        return this;
    }

    /// <summary>Adds sentences.</summary>
    public Document Say(params IEnumerable<string> sentences) => Add(sentences.Select(s => new Sentence(s)));

    /// <summary>Adds the answer.</summary>
    public Document Verdict(IEnumerable<string> sentences) => Add(new Verdict([.. sentences]));

    /// <summary>Adds a table.</summary>
    public Document Table<T>(IEnumerable<T> things, params IReadOnlyList<(Column Column, Func<T, object?> Value)> columns) =>
        Add(Documents.Table.Of(things, columns));
}
