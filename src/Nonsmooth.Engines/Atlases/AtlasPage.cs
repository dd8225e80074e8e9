namespace Nonsmooth.Engines.Atlases;

/// <summary>The frame of every page: style, navigation; nothing is loaded from elsewhere.</summary>
internal static class AtlasPage
{
    private const string _style = """
        :root{color-scheme:light dark;--ink:#1b1b1f;--paper:#fff;--soft:#f1f2f5;--line:#cfd2da;--link:#0b57a4;--right:#e8f3ea;--rounded:#eef1f6;--conservative:#fff1cf;--another:#e9e3f7;--split:#ffd9b8;--outside:#ffb3a8;--zero:#ff9a9a;--notfinite:#f47f8f;--written:#f6dfe3}
        @media(prefers-color-scheme:dark){:root{--ink:#e7e8ec;--paper:#16171b;--soft:#22242b;--line:#3b3e48;--link:#82b7f2;--right:#1d3324;--rounded:#262b36;--conservative:#4a3d12;--another:#352a55;--split:#5c3610;--outside:#6d2a20;--zero:#7a2226;--notfinite:#87233a;--written:#452630}}
        *{box-sizing:border-box}body{margin:0;font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
        main,nav{max-width:1360px;margin:0 auto;padding:0 16px}nav{padding-top:10px;display:flex;gap:16px;flex-wrap:wrap}a{color:var(--link)}a:focus-visible,summary:focus-visible,select:focus-visible,input:focus-visible{outline:3px solid var(--link);outline-offset:1px}
        h1{font-size:1.5rem;margin:.6em 0 .2em}h2{font-size:1.15rem;margin:1.4em 0 .3em}p{max-width:78ch}.wide{overflow-x:auto;border:1px solid var(--line);border-radius:6px}
        table{border-collapse:collapse;font-size:.86rem;width:max-content;min-width:100%}th,td{padding:3px 7px;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}thead th{position:sticky;top:0;background:var(--soft)}tbody th{position:sticky;left:0;background:var(--paper);font-weight:500}
        td.m{text-align:center;min-width:2.2em}td.m a{display:block;text-decoration:none;color:inherit;font-weight:600}
        .right{background:var(--right)}.rounded{background:var(--rounded)}.conservative{background:var(--conservative)}.another{background:var(--another)}.split{background:var(--split)}.outside{background:var(--outside)}.zero{background:var(--zero)}.notfinite{background:var(--notfinite)}.written{background:var(--written)}
        pre{background:var(--soft);padding:10px;border-radius:6px;overflow-x:auto;font-size:.82rem;max-width:100%}code{font-size:.9em}details{border:1px solid var(--line);border-radius:6px;margin:8px 0;padding:4px 10px}details[open]>summary{margin-bottom:6px}summary{cursor:pointer;font-weight:600}
        form{display:flex;gap:10px;flex-wrap:wrap;margin:10px 0}label{display:flex;gap:5px;align-items:center;font-size:.9rem;max-width:100%;min-width:0}select{min-width:0}select,input{font:inherit;color:inherit;background:var(--soft);border:1px solid var(--line);border-radius:5px;padding:3px 6px;max-width:100%}.key span{padding:1px 7px;border-radius:4px;margin-right:4px}[hidden]{display:none!important}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 12px;margin:4px 0}dt{opacity:.75}dd{margin:0;overflow-wrap:anywhere}@media(max-width:640px){body{font-size:15px}dl{grid-template-columns:1fr}th,td{padding:3px 5px}}
        """;

    /// <summary>A page.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="root">The way back to the overview's folder: empty, or ../.</param>
    /// <param name="body">What stands in it, as HTML.</param>
    /// <param name="script">A script, if any.</param>
    public static string Of(string title, string root, string body, string script = "") => $"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>{AtlasText.Escape(title)}</title><style>{_style}</style></head>
        <body><nav aria-label="Atlas"><a href="{root}index.html">Overview</a><a href="{root}index.html#engines">Engines</a><a href="{root}changes.html">Changes</a><a href="{root}report.html">Defects</a></nav>
        <main><h1>{AtlasText.Escape(title)}</h1>
        {body}
        </main>{(script.Length > 0 ? $"<script>{script}</script>" : "")}</body></html>

        """.ReplaceLineEndings("\n");
}
