namespace Nonsmooth.Cli.Documents;

/// <summary>A part of a section.</summary>
internal abstract record Block;

/// <summary>A sentence or a few.</summary>
internal sealed record Sentence(string Text) : Block;

/// <summary>The answer, a sentence a line.</summary>
internal sealed record Verdict(IReadOnlyList<string> Sentences) : Block;

/// <summary>A few numbers that matter: what each is, and its value in words, with its interval if it has one.</summary>
internal sealed record Figures(IReadOnlyList<(string Name, string Value)> Values) : Block;

/// <summary>A command or a listing, to be copied.</summary>
internal sealed record Code(string Text) : Block;

/// <summary>A picture, for forms that have pictures.</summary>
internal abstract record Chart : Block
{
    /// <summary>The picture with its legend, as HTML that takes its colours from the page.</summary>
    public abstract string Html();
}

/// <summary>Rows of typed columns: numbers are numbers until a writer shows them.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">A value a column: a number, the two ends of an interval, a text, or null.</param>
internal sealed record Table(IReadOnlyList<Column> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows) : Block
{
    /// <summary>A row a thing; a column and what it shows of the thing stand together.</summary>
    public static Table Of<T>(IEnumerable<T> things, params IReadOnlyList<(Column Column, Func<T, object?> Value)> columns) => new(
        [.. columns.Select(c => c.Column)], [.. things.Select(thing => (object?[])[.. columns.Select(c => c.Value(thing))])]);

    /// <summary>With a row at the end.</summary>
    public Table Then(params IReadOnlyList<object?> row) => this with { Rows = [.. Rows, row] };
}

/// <summary>Blocks under a heading.</summary>
/// <param name="Heading">The heading; empty without one.</param>
/// <param name="Where">In which forms it is shown.</param>
/// <param name="Folded">Whether a browser folds it away until it is asked for.</param>
internal sealed record Section(string Heading, Where Where, bool Folded)
{
    public List<Block> Blocks { get; } = [];
}
