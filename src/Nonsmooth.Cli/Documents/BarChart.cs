using System.Globalization;
using System.Net;
using System.Text;

namespace Nonsmooth.Cli.Documents;

/// <summary>Stacked bars: a row a thing, a panel a quantity.</summary>
/// <param name="Description">What a screen reader says.</param>
/// <param name="Legend">What the colours mean: the CSS class of each, and words.</param>
/// <param name="Rows">The names of the things.</param>
/// <param name="Panels">The quantities.</param>
internal sealed record BarChart(
    string Description, IReadOnlyList<(string Class, string Words)> Legend, IReadOnlyList<string> Rows, IReadOnlyList<BarChart.Panel> Panels) : Chart
{
    private const int _width = 980;
    private const int _names = 190;
    private const int _gap = 18;
    private const int _line = 22;
    private const int _head = 30;
    private const int _value = 62;

    /// <summary>One quantity of every row.</summary>
    /// <param name="Title">What it is.</param>
    /// <param name="Bars">A bar a row.</param>
    public sealed record Panel(string Title, IReadOnlyList<Bar> Bars);

    /// <summary>One bar.</summary>
    /// <param name="Parts">Its parts from the left, each with the CSS class of its colour.</param>
    /// <param name="Label">What stands at its end.</param>
    /// <param name="Hint">What the pointer shows.</param>
    public sealed record Bar(IReadOnlyList<(double Value, string Class)> Parts, string Label, string Hint)
    {
        public double Total => Parts.Sum(p => p.Value);
    }

    /// <inheritdoc/>
    public override string Html()
    {
        int height = _head + (_line * Rows.Count) + 4;
        var svg = new StringBuilder();
        if (Legend.Count > 0)
        {
            svg.Append("<p class=\"legend\">").AppendJoin(' ', Legend.Select(l => $"<i class=\"{l.Class}\"></i>{Text(l.Words)}")).Append("</p>\n");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<div class=\"wide\">\n<svg viewBox=\"0 0 {_width} {height}\" role=\"img\" aria-label=\"{Text(Description)}\">\n");
        for (int i = 0; i < Rows.Count; i++)
        {
            int y = _head + (i * _line);
            if (i % 2 == 0)
            {
                svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"stripe\" x=\"0\" y=\"{y}\" width=\"{_width}\" height=\"{_line}\"/>");
            }

            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"name\" x=\"6\" y=\"{y + 15}\">{Text(Short(Rows[i]))}<title>{Text(Rows[i])}</title></text>\n");
        }

        double each = (_width - _names) / (double)Panels.Count;
        for (int p = 0; p < Panels.Count; p++)
        {
            Draw(svg, Panels[p], _names + (p * each), each - _gap);
        }

        return svg.Append("</svg>\n</div>\n").ToString();
    }

    private static void Draw(StringBuilder svg, Panel panel, double left, double width)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"head\" x=\"{left:F1}\" y=\"18\">{Text(panel.Title)}</text>\n");
        double most = Math.Max(panel.Bars.Max(b => b.Total), double.Epsilon);
        double scale = (width - _value) / most;
        for (int i = 0; i < panel.Bars.Count; i++)
        {
            var bar = panel.Bars[i];
            double x = left;
            double y = _head + (i * _line) + 4;
            svg.Append(CultureInfo.InvariantCulture, $"<g><title>{Text(bar.Hint)}</title>");
            foreach (var (value, name) in bar.Parts)
            {
                svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{name}\" x=\"{x:F1}\" y=\"{y:F0}\" width=\"{value * scale:F1}\" height=\"{_line - 8}\"/>");
                x += value * scale;
            }

            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"value\" x=\"{x + 5:F1}\" y=\"{y + 11:F0}\">{Text(bar.Label)}</text></g>\n");
        }
    }

    private static string Short(string name) => name.Length <= 28 ? name : "…" + name[^27..];

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
