namespace Nonsmooth.Engines.Pages;

/// <summary>How every page looks: by day and by night, on paper and on a telephone.</summary>
internal static class PageStyle
{
    /// <summary>The style sheet.</summary>
    public static string Css { get; } = Palette.Css + """
        *{box-sizing:border-box}body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,"DejaVu Sans",sans-serif}
        main,nav,footer{max-width:1080px;margin:0 auto;padding:0 20px}.broad main,.broad nav,.broad footer{max-width:1400px}
        nav{padding-top:12px;display:flex;gap:18px;flex-wrap:wrap}main{padding-top:20px;padding-bottom:24px}
        a{color:var(--link)}a:focus-visible,summary:focus-visible,select:focus-visible,input:focus-visible,.wide:focus-visible,pre:focus-visible{outline:3px solid var(--link);outline-offset:1px}
        h1{font-size:1.6rem;line-height:1.25;margin:0 0 12px;overflow-wrap:anywhere}h2{font-size:1.2rem;margin:30px 0 8px}p{max-width:82ch;margin:8px 0}section>p,.note{color:var(--soft)}
        .answer{display:grid;grid-template-columns:minmax(0,1fr);gap:14px 28px;align-items:center;border-left:5px solid var(--c0);background:var(--panel);padding:14px 18px;margin:0 0 20px}
        .lead{font-size:1.2rem;line-height:1.4;margin:0;color:var(--ink)}.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:10px;margin:16px 0}.figures div{display:flex;flex-direction:column-reverse;justify-content:flex-end;background:var(--panel);padding:8px 12px;border-radius:6px}
        .figures dt{color:var(--soft);font-size:.82rem}.figures dd{margin:0;font-size:1.35rem;font-weight:600;overflow-wrap:anywhere}.answer .figures{margin:0}.answer .figures div{padding:0}
        @media(min-width:860px){.answer{grid-template-columns:minmax(0,1fr) 280px}.answer .figures{grid-template-columns:1fr;gap:6px}.answer .figures dd{font-size:1.2rem}}
        .verdict{margin:0 0 8px;padding-left:22px}.verdict li{margin:4px 0}
        .wide{overflow-x:auto;container-type:scroll-state;background:linear-gradient(90deg,var(--page) 40%,transparent) 0 0/44px 100% no-repeat local,linear-gradient(270deg,var(--page) 40%,transparent) 100% 0/44px 100% no-repeat local,linear-gradient(90deg,var(--line),transparent) 0 0/14px 100% no-repeat scroll,linear-gradient(270deg,var(--line),transparent) 100% 0/14px 100% no-repeat scroll}
        .hint{display:none;position:sticky;left:0;width:max-content;color:var(--soft);font-size:.8rem}@container scroll-state(scrollable:right){.hint{display:block}}
        table{border-collapse:collapse;font-size:.88rem;font-variant-numeric:tabular-nums}table.small{font-size:.78rem}th,td{padding:4px 10px;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;white-space:nowrap}
        thead th{background:var(--panel);vertical-align:bottom}tbody th{font-weight:500;position:sticky;left:0;background:var(--page)}.number{text-align:right}
        pre{background:var(--panel);padding:10px 12px;border-radius:6px;font-size:.84rem;white-space:pre-wrap;overflow-wrap:anywhere;margin:8px 0}code{font-size:.92em;overflow-wrap:anywhere}
        details{margin:8px 0}summary{cursor:pointer;font-weight:600}section>details,main>details{border:1px solid var(--line);border-radius:6px;padding:6px 12px}details[open]>summary{margin-bottom:6px}[hidden]{display:none!important}
        footer{color:var(--soft);font-size:.84rem;padding-bottom:32px}footer dl{border-top:1px solid var(--line);padding-top:12px}
        dl:not(.figures){display:grid;grid-template-columns:max-content minmax(0,1fr);gap:2px 14px;margin:4px 0}dl:not(.figures) dt{color:var(--soft)}dl:not(.figures) dd{margin:0;overflow-wrap:anywhere}
        .chart{margin:12px 0}.chart svg{display:block}.wide>svg{width:100%;min-width:780px;height:auto;font-size:12px}.small>.wide>svg{min-width:440px;max-width:560px}
        .legend{display:flex;flex-wrap:wrap;gap:2px 18px;list-style:none;margin:0 0 6px;padding:0;font-size:.88rem}.legend li{display:flex;align-items:center;gap:7px;overflow-wrap:anywhere}.legend svg{flex:none;width:30px;height:12px}
        text{fill:var(--ink)}text.head{font-weight:600;font-size:13px}text.value,text.tick,text.unit{fill:var(--soft);font-size:11.5px}rect.stripe{fill:var(--panel)}
        .grid{stroke:var(--line);fill:none}.minor{stroke:var(--line);fill:none;opacity:.45}.base{stroke:var(--soft);fill:none}
        .line{fill:none;stroke:var(--c);stroke-width:2}.d1{stroke-dasharray:8 4}.d2{stroke-dasharray:2 3}.d3{stroke-dasharray:10 3 2 3}.band{fill:var(--c);opacity:.16}.dot,.bar{fill:var(--c)}.hit{fill:transparent}.hit:hover{fill:var(--ink);opacity:.35}
        .forward,.rounding{--c:var(--c0)}.backward,.choice{--c:var(--c1)}.saved,.equal{--c:var(--c2)}
        .broad table{width:max-content;min-width:100%;font-size:.86rem}.broad th,.broad td{padding:3px 7px;white-space:normal;max-width:46ch}.broad td.m{text-align:center;min-width:2.2em}td.m a{display:block;text-decoration:none;color:inherit;font-weight:600}
        form{display:flex;gap:10px;flex-wrap:wrap;margin:10px 0}label{display:flex;gap:5px;align-items:center;font-size:.9rem;max-width:100%;min-width:0}select{min-width:0}select,input{font:inherit;color:inherit;background:var(--panel);border:1px solid var(--soft);border-radius:5px;padding:3px 6px;max-width:100%}.key{display:flex;flex-wrap:wrap;gap:4px 8px;max-width:none}.key span{padding:1px 8px;border-radius:4px}
        @media(max-width:640px){body{font-size:15px}main,nav,footer{padding-left:14px;padding-right:14px}dl:not(.figures){grid-template-columns:minmax(0,1fr)}th,td{padding:3px 6px}tbody th{min-width:7em;max-width:44vw;white-space:normal;overflow-wrap:break-word}}
        @media print{*{print-color-adjust:exact}body{font-size:10pt}main,nav,footer,.broad main,.broad nav,.broad footer{max-width:none;padding:0}nav,form,.hint{display:none}.wide{overflow:visible;background:none}.wide>svg{min-width:0}
        @page across{size:A4 landscape;margin:9mm}body.broad,details:has(table.vast){page:across}
        table,.broad table{width:100%;font-size:8pt}table.small,.broad table{font-size:6.6pt}table.vast{font-size:5.2pt}th,td,.broad th,.broad td{white-space:normal;overflow-wrap:break-word;padding:2px 5px}.vast th,.vast td{padding:2px 3px}.vast thead th,.broad thead th{overflow-wrap:anywhere}td.number{white-space:nowrap}tbody th{position:static}thead{display:table-header-group}tr,.chart,.answer{break-inside:avoid}h2{break-after:avoid}details::details-content{content-visibility:visible;block-size:auto}}

        """.ReplaceLineEndings("\n");
}
