using System.Globalization;
using System.Text;
using Nonsmooth.Engines.Pages;

namespace Nonsmooth.Cli.Documents;

/// <summary>Stacked bars: a row a thing, a panel a quantity with an axis of its own that begins at 0. A bar is as long as its label says.</summary>
/// <param name="Description">What a screen reader says.</param>
/// <param name="Legend">What the colours mean: the CSS class of each, and words, in the order of a bar's parts.</param>
/// <param name="Rows">The names of the things.</param>
/// <param name="Panels">The quantities.</param>
internal sealed record BarChart(
    string Description, IReadOnlyList<(string Class, string Words)> Legend, IReadOnlyList<string> Rows, IReadOnlyList<BarChart.Panel> Panels) : Chart
{
    private const int _width = 980, _gap = 22, _line = 22, _head = 40, _foot = 22;
    private const double _leastNames = 90, _mostNames = 260, _value = 6.9;

    /// <summary>One quantity of every row.</summary>
    /// <param name="Title">What it is.</param>
    /// <param name="Bars">A bar a row.</param>
    public sealed record Panel(string Title, IReadOnlyList<Bar> Bars)
    {
        /// <summary>The units of its axis. Default numbers alone.</summary>
        public Measure Measure { get; init; } = Measure.Plain;

        /// <summary>Where its axis ends; null for the longest bar.</summary>
        public double? Most { get; init; }
    }

    /// <summary>One bar.</summary>
    /// <param name="Parts">Its parts from the left, each with the CSS class of its colour; none where nothing is known.</param>
    /// <param name="Label">What stands at its end: the sum of its parts.</param>
    /// <param name="Hint">What the pointer shows.</param>
    public sealed record Bar(IReadOnlyList<(double Value, string Class)> Parts, string Label, string Hint)
    {
        /// <summary>What is not known: no bar.</summary>
        public static Bar Unknown(string hint) => new([], "–", hint);

        public double Total => Parts.Sum(p => p.Value);
    }

    /// <inheritdoc/>
    public override string Html()
    {
        int bottom = _head + (_line * Rows.Count), height = bottom + _foot;
        var html = new StringBuilder("<div class=\"chart\">\n");
        if (Legend.Count > 0)
        {
            html.Append("<ul class=\"legend\">").AppendJoin("", Legend.Select(l => $"<li><svg viewBox=\"0 0 30 12\" aria-hidden=\"true\"><rect class=\"bar {l.Class}\" width=\"30\" height=\"12\"/></svg>{Page.Text(l.Words)}</li>")).Append("</ul>\n");
        }

        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {_width} {height}\" role=\"img\" aria-label=\"{Page.Text(Description)}\">\n");
        double names = Math.Clamp(Rows.Select(r => r.Length).DefaultIfEmpty(0).Max() * Axis.Character, _leastNames, _mostNames);
        for (int i = 0; i < Rows.Count; i++)
        {
            int y = _head + (i * _line);
            if (i % 2 == 0)
            {
                svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"stripe\" x=\"0\" y=\"{y}\" width=\"{_width}\" height=\"{_line}\"/>");
            }

            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"name\" x=\"6\" y=\"{y + 15}\">{Page.Text(Short(Rows[i], (int)(names / Axis.Character)))}<title>{Page.Text(Rows[i])}</title></text>\n");
        }

        // The same room for every panel's labels: panels of one scale have bars of one scale.
        double left = names + _gap, each = (_width - left) / Panels.Count, labels = 10 + (_value * Panels.SelectMany(p => p.Bars).Select(b => b.Label.Length).DefaultIfEmpty(0).Max());
        for (int p = 0; p < Panels.Count; p++)
        {
            Draw(svg, Panels[p], left + (p * each), Math.Max(each - _gap - labels, each / 3), bottom);
        }

        return html.Append(Page.Wide(Description, svg.Append("</svg>").ToString())).Append("</div>\n").ToString();
    }

    private static void Draw(StringBuilder svg, Panel panel, double left, double width, int bottom)
    {
        double most = panel.Most ?? panel.Bars.Select(b => b.Total).DefaultIfEmpty(0).Max();
        var (size, unit) = panel.Measure.For(most);
        var axis = Axis.Linear([most / size], left, left + width, isUpright: false, fromZero: true);
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"head\" x=\"{left:F1}\" y=\"14\">{Page.Text(panel.Title)}</text><text class=\"unit\" x=\"{left:F1}\" y=\"30\">{Page.Text(unit)}</text>\n");
        foreach (var tick in axis.Ticks)
        {
            double at = axis.At(tick.Value);
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"{(tick.Value == 0 ? "base" : "grid")}\" d=\"M{at:F1} {_head}V{bottom}\"/><text class=\"tick\" x=\"{at:F1}\" y=\"{bottom + 15}\" text-anchor=\"middle\">{tick.Label}</text>\n");
        }

        for (int i = 0; i < panel.Bars.Count; i++)
        {
            var bar = panel.Bars[i];
            double sum = 0;
            double y = _head + (i * _line) + 4;
            svg.Append(CultureInfo.InvariantCulture, $"<g><title>{Page.Text(bar.Hint)}</title>");
            foreach (var (value, name) in bar.Parts.Where(p => p.Value > 0))
            {
                double x = axis.At(sum / size);
                sum += value;
                svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"bar {name}\" x=\"{x:F1}\" y=\"{y:F0}\" width=\"{Math.Max(1, axis.At(sum / size) - x):F1}\" height=\"{_line - 8}\"/>");
            }

            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"value\" x=\"{axis.At(sum / size) + 5:F1}\" y=\"{y + 11:F0}\">{Page.Text(bar.Label)}</text></g>\n");
        }
    }

    private static string Short(string name, int most) => name.Length <= most ? name : "…" + name[^(most - 1)..];
}
