namespace Nonsmooth.Cli.Documents;

/// <summary>How the report looks in a browser, by day and by night, on paper and on a telephone.</summary>
internal static class HtmlStyle
{
    public const string Css = """
        :root { color-scheme: light dark; --ink: #1c2530; --soft: #5b6876; --page: #ffffff; --panel: #f3f5f8; --line: #d5dbe2;
          --forward: #2f6fba; --backward: #e08a2c; --saved: #4d9a6a; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e6eaf0; --soft: #a3afbd; --page: #14181e; --panel: #1e242c; --line: #37414d;
            --forward: #6aa9f0; --backward: #f0a651; --saved: #74c795; }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, "DejaVu Sans", sans-serif; }
        main { max-width: 1040px; margin: 0 auto; padding: 24px 20px 48px; }
        h1 { font-size: 26px; line-height: 1.25; margin: 0 0 12px; }
        h2 { font-size: 19px; margin: 32px 0 8px; }
        p { color: var(--soft); margin: 8px 0; }
        .verdict { background: var(--panel); border-left: 4px solid var(--forward); margin: 0; padding: 12px 16px 12px 32px; }
        .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(140px, 1fr)); gap: 10px; margin: 16px 0; }
        .tiles div { background: var(--panel); padding: 10px 12px; border-radius: 6px; }
        .tiles b { display: block; font-size: 22px; white-space: nowrap; }
        .tiles span { color: var(--soft); font-size: 13px; }
        .legend { font-size: 14px; margin: 0 0 4px; }
        .legend i { display: inline-block; width: 12px; height: 12px; margin: 0 6px 0 14px; vertical-align: -1px; }
        .legend i:first-child { margin-left: 0; }
        i.forward { background: var(--forward); } i.backward { background: var(--backward); } i.saved { background: var(--saved); }
        rect.forward { fill: var(--forward); } rect.backward { fill: var(--backward); } rect.saved { fill: var(--saved); }
        svg { display: block; width: 100%; min-width: 780px; height: auto; font-size: 12px; }
        rect.stripe { fill: var(--panel); }
        text { fill: var(--ink); } text.head { font-weight: 600; font-size: 13px; } text.value { fill: var(--soft); font-size: 11.5px; }
        .wide { overflow-x: auto; }
        svg .axis { stroke: var(--line); fill: none; } svg .tick { fill: var(--soft); font-size: 11.5px; }
        svg .line { fill: none; stroke-width: 2; } svg .band { opacity: .18; }
        .c0 { --c: #2f6fba; } .c1 { --c: #d9822b; } .c2 { --c: #3d9a5f; } .c3 { --c: #c2453d; } .c4 { --c: #8a63c9; } .c5 { --c: #1f9fae; } .c6 { --c: #c0559b; } .c7 { --c: #8a7a2f; }
        svg .line.c { stroke: var(--c); } svg .band.c, svg circle.c { fill: var(--c); } .legend i.c { background: var(--c); }
        svg .line.dashed { stroke-dasharray: 7 4; } .legend i.dashed { background: repeating-linear-gradient(90deg, var(--c) 0 4px, transparent 4px 6px); }
        table { border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums; }
        th, td { padding: 4px 12px 4px 0; border-bottom: 1px solid var(--line); text-align: left; white-space: nowrap; }
        .number { text-align: right; padding-left: 12px; }
        table.small { font-size: 12px; margin-top: 12px; }
        details { margin-top: 32px; } summary { cursor: pointer; }
        @media print { details > * { display: block; } }
        """;
}
