using Nonsmooth.Engines.Pages;

namespace Nonsmooth.Engines.Atlases;

/// <summary>What pages of an atlas share: the way to each other, and tables that scroll.</summary>
internal static class AtlasPage
{
    /// <summary>A page.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="root">The way back to the overview's folder: empty, or ../.</param>
    /// <param name="lead">What it says first.</param>
    /// <param name="body">What stands in it, as HTML.</param>
    public static Page Of(string title, string root, Lead lead, string body) => new(title, body)
    {
        Tab = $"{title}, kink atlas",
        Lead = lead,
        IsBroad = true,
        Navigation = $"<nav aria-label=\"Atlas\"><a href=\"{root}index.html\">Overview</a><a href=\"{root}index.html#engines\">Engines</a><a href=\"{root}changes.html\">Changes</a><a href=\"{root}report.html\">Defects</a></nav>",
    };

    /// <summary>A table in its frame.</summary>
    /// <param name="label">What it shows.</param>
    /// <param name="head">The cells of its head, as HTML.</param>
    /// <param name="rows">Its rows, as HTML.</param>
    public static string Table(string label, string head, string rows) =>
        Page.Wide(label, $"<table aria-label=\"{Page.Text(label)}\"><thead><tr>{head}</tr></thead><tbody>\n{rows}</tbody></table>");

    /// <summary>The heading of a column.</summary>
    public static string Head(string text) => $"<th scope=\"col\">{AtlasText.Escape(text)}</th>";
}
