using System.Globalization;
using System.Text;
using Nonsmooth.Engines.Pages;

namespace Nonsmooth.Engines.Atlases;

/// <summary>The overview: functions by engines, the worst finding a cell.</summary>
internal static class OverviewPage
{
    private const string _script = """
        const $=id=>document.getElementById(id),rows=[...document.querySelectorAll('tr[data-f]')],heads=[...document.querySelectorAll('.wide thead')[0].rows[0].cells];
        function filter(){const e=$('engine').value,t=$('text').value.toLowerCase(),v=$('finding').value,m=$('format').value;let n=0;
        heads.forEach((h,i)=>{h.hidden=i>0&&e!==''&&h.dataset.e!==e});
        rows.forEach(r=>{let hit=false;[...r.cells].forEach((c,i)=>{if(i===0)return;c.hidden=e!==''&&c.dataset.e!==e;if(!c.hidden&&(v===''||(c.dataset.v||'').split(' ').includes(v))&&(m===''||(c.dataset.m||'').includes(v+'@'+m)||(v===''&&(c.dataset.m||'').includes('@'+m))))hit=true});
        r.hidden=!hit||!r.dataset.f.includes(t);if(!r.hidden)n++});$('count').textContent=n+' functions'}
        ['engine','text','finding','format'].forEach(i=>$(i).addEventListener('input',filter));filter();
        """;

    public static Page Of(Atlas atlas, string date)
    {
        var text = new StringBuilder();
        int spellings = atlas.Cells.Select(c => c.Spelling).Distinct().Count();
        text.Append(CultureInfo.InvariantCulture, $"<p>What {atlas.Recordings.Count} recordings of {atlas.Recordings.Select(r => r.Engine).Distinct().Count()} engines answer for gradients at kinks, ties and zeros: {spellings} spellings of {atlas.Cells.Select(c => c.Function).Distinct().Count()} functions, {atlas.Cells.Count:N0} cells, judged {date}. A cell shows the worst finding of an engine about a function; open it for points, slopes, witness and a program. An engine's answer is a fact about that engine and version; not judged are points that are not finite, jumps and surrogates.</p>\n");
        text.Append("<p class=\"key\">").AppendJoin(" ", AtlasFinding.All.Select(f => $"<span class=\"{f.Id}\"><b>{f.Mark}</b> {f.Said}</span>")).Append("</p>\n");
        text.Append("<form onsubmit=\"return false\" aria-label=\"Filters\"><label>Engine <select id=\"engine\"><option value=\"\">all</option>")
            .AppendJoin("", atlas.Recordings.Select(r => $"<option>{r.Name}</option>"))
            .Append("</select></label><label>Function <input id=\"text\" size=\"14\" placeholder=\"relu\"></label><label>Finding <select id=\"finding\"><option value=\"\">any</option>")
            .AppendJoin("", AtlasFinding.All.Select(f => $"<option value=\"{f.Id}\">{f.Mark} {f.Said}</option>"))
            .Append("</select></label><label>Format <select id=\"format\"><option value=\"\">any</option><option>f64</option><option>f32</option><option>bf16</option><option>f16</option></select></label><output id=\"count\" aria-live=\"polite\"></output></form>\n");
        string head = AtlasPage.Head("function") + string.Concat(atlas.Recordings.Select(r => $"<th scope=\"col\" data-e=\"{r.Name}\"><a href=\"engines/{AtlasText.File(r.Name)}.html\">{r.Name}</a></th>"));
        text.Append(AtlasPage.Table("Worst finding by function and engine", head, Functions(atlas)));
        text.Append("<h2 id=\"engines\">Engines</h2>\n").Append(Engines(atlas));
        return AtlasPage.Of("The kink atlas", "", AtlasLeads.Overview(atlas), text.ToString()) with { Script = _script };
    }

    private static string Functions(Atlas atlas)
    {
        var text = new StringBuilder();
        var entries = atlas.Entries.ToLookup(e => (e.Function, e.Recording));
        foreach (string function in atlas.Cells.Select(c => c.Function).Distinct().Order(StringComparer.Ordinal))
        {
            string page = $"functions/{AtlasText.File(function)}.html";
            text.Append(CultureInfo.InvariantCulture, $"<tr data-f=\"{AtlasText.Escape(function)} {AtlasText.Escape(string.Join(' ', atlas.Asked.Where(s => s.Function == function).Select(s => s.Name)))}\"><th scope=\"row\"><a href=\"{page}\">{AtlasText.Escape(function)}</a></th>");
            foreach (var recording in atlas.Recordings)
            {
                var mine = entries[(function, recording.Name)].ToList();
                if (mine.Count == 0)
                {
                    text.Append(CultureInfo.InvariantCulture, $"<td class=\"m\" data-e=\"{recording.Name}\"></td>");
                    continue;
                }

                var worst = mine.MaxBy(e => AtlasFinding.All.ToList().IndexOf(e.Finding))!.Finding;
                string found = string.Join(' ', mine.Select(e => e.Finding.Id).Distinct());
                string formats = string.Join(' ', mine.SelectMany(e => e.Formats.Select(f => $"{e.Finding.Id}@{f}")).Distinct());
                text.Append(CultureInfo.InvariantCulture, $"<td class=\"m {worst.Id}\" data-e=\"{recording.Name}\" data-v=\"{found}\" data-m=\"{formats}\"><a href=\"{page}#{AtlasText.File(recording.Name)}\" title=\"{recording.Name}, {AtlasText.Escape(function)}: {worst.Said}\">{worst.Mark}</a></td>");
            }

            text.Append("</tr>\n");
        }

        return text.ToString();
    }

    private static string Engines(Atlas atlas)
    {
        var text = new StringBuilder();
        foreach (var recording in atlas.Recordings)
        {
            var mine = atlas.Entries.Where(e => e.Recording == recording.Name).ToList();
            text.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\"><a href=\"engines/{AtlasText.File(recording.Name)}.html\">{recording.Name}</a></th><td>{recording.Engine}</td><td>{recording.Version}</td><td>{recording.Mode}</td><td>{string.Join(" ", recording.Formats)}</td><td>{mine.Select(e => e.Spelling).Distinct().Count()}</td>")
                .AppendJoin("", AtlasFinding.All.Select(f => $"<td class=\"{f.Id}\">{mine.Where(e => e.Finding == f).Sum(e => e.Count)}</td>")).Append("</tr>\n");
        }

        string head = string.Concat(((string[])["recording", "engine", "version", "mode", "formats", "spellings", .. AtlasFinding.All.Select(f => $"{f.Mark} {f.Id}")]).Select(AtlasPage.Head));
        return AtlasPage.Table("Engines and their findings", head, text.ToString());
    }
}
