namespace Nonsmooth.Engines.Pages;

/// <summary>What a page says first: the answer to its question in a sentence that takes no theory, and the numbers behind it.</summary>
/// <param name="Sentence">The sentence.</param>
/// <param name="Figures">What each number is, and the number.</param>
internal sealed record Lead(string Sentence, params IReadOnlyList<(string Name, string Value)> Figures)
{
    /// <summary>As HTML.</summary>
    public string Html() => $"<div class=\"answer\">\n<p class=\"lead\">{Page.Text(Sentence)}</p>\n{Of(Figures)}</div>\n";

    /// <summary>Numbers with their names, as HTML.</summary>
    public static string Of(IReadOnlyList<(string Name, string Value)> figures) => figures.Count == 0 ? ""
        : $"<dl class=\"figures\">\n{string.Concat(figures.Select(f => $"<div><dt>{Page.Text(f.Name)}</dt><dd>{Page.Text(f.Value)}</dd></div>\n"))}</dl>\n";
}
