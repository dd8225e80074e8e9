using System.Net;

namespace Nonsmooth.Engines.Pages;

/// <summary>The frame of every page: one file, and nothing is loaded from elsewhere.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Body">What stands in it, as HTML.</param>
internal sealed record Page(string Title, string Body)
{
    /// <summary>What the tab of a browser says; the heading without it.</summary>
    public string? Tab { get; init; }

    /// <summary>The answer to the page's question.</summary>
    public Lead? Lead { get; init; }

    /// <summary>Links to its neighbours, as HTML.</summary>
    public string Navigation { get; init; } = "";

    /// <summary>Where it comes from, name and value.</summary>
    public IReadOnlyList<(string Name, string Value)> Provenance { get; init; } = [];

    /// <summary>A script.</summary>
    public string Script { get; init; } = "";

    /// <summary>Whether it takes more width than text needs.</summary>
    public bool IsBroad { get; init; }

    /// <summary>The whole file.</summary>
    public string Html() => $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Text(Tab is { Length: > 0 } tab ? tab : Title)}</title>
        <style>
        {PageStyle.Css}</style>
        </head>
        <body{(IsBroad ? " class=\"broad\"" : "")}>
        {(Navigation.Length > 0 ? Navigation + "\n" : "")}<main>
        <h1>{Text(Title)}</h1>
        {Lead?.Html()}{Body}</main>
        {(Provenance.Count > 0 ? $"<footer>\n<dl>{string.Concat(Provenance.Select(p => $"<dt>{Text(p.Name)}</dt><dd>{Text(p.Value)}</dd>"))}</dl>\n</footer>\n" : "")}{(Script.Length > 0 ? $"<script>{Script}</script>\n" : "")}</body>
        </html>

        """.ReplaceLineEndings("\n");

    /// <summary>A frame in which what is wider than the page scrolls; the keyboard reaches it.</summary>
    /// <param name="label">What is in it.</param>
    /// <param name="content">That, as HTML.</param>
    public static string Wide(string label, string content) =>
        $"<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{Text(label)}\"><span class=\"hint\" aria-hidden=\"true\">more to the right: scroll →</span>\n{content}</div>\n";

    /// <summary>Text as HTML; a unit stays on the line of its number.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(text)
        .Replace(" %", "\u00A0%", StringComparison.Ordinal).Replace(" MiB", "\u00A0MiB", StringComparison.Ordinal);
}
