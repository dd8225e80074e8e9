using System.Globalization;
using System.Net;
using System.Text;
using Nonsmooth.Cli.Output;

namespace Nonsmooth.Cli.Documents;

/// <summary>Lines with bands around them, a colour a line in their order.</summary>
/// <param name="Description">What a screen reader says.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis, which is logarithmic.</param>
/// <param name="Lines">The lines; y above 0.</param>
internal sealed record LineChart(string Description, string X, string Y, IReadOnlyList<LineChart.Line> Lines) : Chart
{
    private const int _width = 980;
    private const int _height = 360;
    private const int _left = 70;
    private const int _right = 16;
    private const int _top = 14;
    private const int _bottom = 46;
    private const int _colours = 8;

    /// <summary>One place of a line; where the band has no width, low and high are y.</summary>
    public readonly record struct Point(double X, double Y, double Low, double High);

    /// <summary>One line; its places in order of x, without those that are not finite.</summary>
    public sealed record Line(string Name, IReadOnlyList<Point> Points);

    /// <summary>Whether the horizontal axis is logarithmic too; x is above 0 then.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>Whether places are marked.</summary>
    public bool HasDots { get; init; }

    /// <inheritdoc/>
    public override string Html()
    {
        var points = Lines.SelectMany(l => l.Points).ToList();
        var html = new StringBuilder("<p class=\"legend\">");
        html.AppendJoin(' ', Lines.Select((l, i) => $"<i class=\"{Look(i)}\"></i>{Text(l.Name)}")).Append("</p>\n");
        if (points.Count == 0)
        {
            return html.Append("<p>Nothing to draw.</p>\n").ToString();
        }

        var horizontal = Axis.Of(points.Select(p => p.X), IsLogarithmic, _left, _width - _right);
        double least = points.Min(p => p.Y);
        var vertical = Axis.Of(points.SelectMany(p => (double[])[p.Y, Math.Max(p.Low, least / 2), p.High]), logarithmic: true, _height - _bottom, _top);
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"wide\">\n<svg viewBox=\"0 0 {_width} {_height}\" role=\"img\" aria-label=\"{Text(Description)}\">\n");
        foreach (double tick in horizontal.Ticks)
        {
            html.Append(CultureInfo.InvariantCulture, $"<path class=\"axis\" d=\"M{horizontal.At(tick):F1} {_top}V{_height - _bottom}\"/>")
                .Append(CultureInfo.InvariantCulture, $"<text class=\"tick\" x=\"{horizontal.At(tick):F1}\" y=\"{_height - _bottom + 16}\" text-anchor=\"middle\">{Label(tick)}</text>\n");
        }

        foreach (double tick in vertical.Ticks)
        {
            html.Append(CultureInfo.InvariantCulture, $"<path class=\"axis\" d=\"M{_left} {vertical.At(tick):F1}H{_width - _right}\"/>")
                .Append(CultureInfo.InvariantCulture, $"<text class=\"tick\" x=\"{_left - 6}\" y=\"{vertical.At(tick) + 4:F1}\" text-anchor=\"end\">{Label(tick)}</text>\n");
        }

        html.Append(CultureInfo.InvariantCulture, $"<text class=\"value\" x=\"{(_left + _width - _right) / 2}\" y=\"{_height - 8}\" text-anchor=\"middle\">{Text(X)}</text>\n")
            .Append(CultureInfo.InvariantCulture, $"<text class=\"value\" transform=\"translate(14 {(_top + _height - _bottom) / 2}) rotate(-90)\" text-anchor=\"middle\">{Text(Y)}</text>\n");
        for (int i = 0; i < Lines.Count; i++)
        {
            Draw(html, Lines[i], Look(i), horizontal, vertical, HasDots);
        }

        return html.Append("</svg>\n</div>\n").ToString();
    }

    // More lines than colours: the further ones are dashed.
    private static string Look(int line) => $"c c{line % _colours}{(line < _colours ? "" : " dashed")}";

    private static void Draw(StringBuilder html, Line line, string colour, Axis x, Axis y, bool dots)
    {
        if (line.Points.Any(p => p.High > p.Low))
        {
            var around = line.Points.Select(p => (p.X, Y: p.High)).Concat(line.Points.Reverse().Select(p => (p.X, Y: p.Low)));
            html.Append(CultureInfo.InvariantCulture, $"<polygon class=\"band {colour}\" points=\"{Path(around, x, y)}\"/>\n");
        }

        html.Append(CultureInfo.InvariantCulture, $"<polyline class=\"line {colour}\" points=\"{Path(line.Points.Select(p => (p.X, p.Y)), x, y)}\"><title>{Text(line.Name)}</title></polyline>\n");
        foreach (var p in dots ? line.Points : [])
        {
            html.Append(CultureInfo.InvariantCulture, $"<circle class=\"{colour}\" cx=\"{x.At(p.X):F1}\" cy=\"{y.At(p.Y):F1}\" r=\"4\"><title>{Text(line.Name)}: {Label(p.X)}, {Numbers.Digits(p.Y, 4)}</title></circle>\n");
        }
    }

    private static string Path(IEnumerable<(double X, double Y)> places, Axis x, Axis y) => string.Join(
        ' ', places.Select(p => string.Create(CultureInfo.InvariantCulture, $"{x.At(p.X):F1},{y.At(p.Y):F1}")));

    private static string Label(double tick) => Numbers.Digits(tick, 3);

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private sealed record Axis(double Least, double Most, bool Logarithmic, double From, double To)
    {
        public static Axis Of(IEnumerable<double> values, bool logarithmic, double from, double to)
        {
            double[] all = [.. values];
            var (least, most) = (all.Min(), all.Max());
            return logarithmic
                ? new(least / 1.05, most * 1.05, true, from, to)
                : new(Math.Min(0, least), most > 0 ? most : 1, false, from, to);
        }

        public IEnumerable<double> Ticks => Logarithmic ? Decades() : Even();

        public double At(double value)
        {
            double part = Logarithmic
                ? Math.Log(Math.Max(value, Least) / Least) / Math.Log(Most / Least)
                : (value - Least) / (Most - Least);
            return From + ((To - From) * part);
        }

        private IEnumerable<double> Decades()
        {
            // Over a wide range, powers of ten alone.
            double[] steps = Most / Least > 1000 ? [1] : Most / Least > 3 ? [1, 2, 5] : [1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8, 9];
            for (int decade = (int)Math.Floor(Math.Log10(Least)); decade <= Math.Log10(Most); decade++)
            {
                foreach (double tick in steps.Select(s => s * Math.Pow(10, decade)).Where(t => t >= Least && t <= Most))
                {
                    yield return tick;
                }
            }
        }

        private IEnumerable<double> Even()
        {
            double rough = (Most - Least) / 8;
            double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
            double step = power * (rough / power <= 2 ? 2 : rough / power <= 5 ? 5 : 10);
            for (int i = 0; (i * step) + Least <= Most; i++)
            {
                yield return (i * step) + Least;
            }
        }
    }
}
