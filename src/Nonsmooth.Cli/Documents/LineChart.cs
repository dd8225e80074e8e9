using System.Globalization;
using System.Text;
using Nonsmooth.Cli.Output;
using Nonsmooth.Engines.Pages;

namespace Nonsmooth.Cli.Documents;

/// <summary>Lines with bands around them; a line has a colour, a dash and a mark of its own.</summary>
/// <param name="Description">What a screen reader says.</param>
/// <param name="X">The horizontal axis, with its unit.</param>
/// <param name="Y">The vertical axis, with its unit; logarithmic unless <see cref="IsLinear"/>.</param>
/// <param name="Lines">The lines.</param>
internal sealed record LineChart(string Description, string X, string Y, IReadOnlyList<LineChart.Line> Lines) : Chart
{
    private const int _width = 980, _height = 360, _left = 70, _right = 16, _top = 14, _bottom = 46;

    /// <summary>One place of a line; where the band has no width, low and high are y.</summary>
    public readonly record struct Point(double X, double Y, double Low, double High);

    /// <summary>One line; its places in order of x. Where y is not finite it has a gap.</summary>
    public sealed record Line(string Name, IReadOnlyList<Point> Points);

    /// <summary>Whether the horizontal axis is logarithmic; places at 0 and below are left out then, and the page says so.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>Whether the vertical axis is linear. If not, places at 0 and below are left out, and the page says so.</summary>
    public bool IsLinear { get; init; }

    /// <summary>Whether a linear vertical axis has 0 on it, whatever the numbers.</summary>
    public bool FromZero { get; init; }

    /// <summary>Whether places are marked.</summary>
    public bool HasDots { get; init; }

    /// <inheritdoc/>
    public override string Html()
    {
        var html = new StringBuilder("<div class=\"chart\">\n<ul class=\"legend\">").AppendJoin("", Lines.Select((l, i) => $"<li>{LineMarks.Key(i)}{Page.Text(l.Name)}</li>")).Append("</ul>\n");
        var points = Lines.SelectMany(l => l.Points).Where(IsDrawn).ToList();
        if (points.Count == 0)
        {
            html.Append("<p>Nothing to draw.</p>\n");
        }
        else
        {
            html.Append(Page.Wide(Description, Picture(points)));
        }

        return html.AppendJoin("", LeftOut().Select(s => $"<p class=\"note\">{Page.Text(s)}</p>\n")).Append("</div>\n").ToString();
    }

    private string Picture(List<Point> points)
    {
        double least = points.Min(p => p.Y);
        var heights = points.SelectMany(p => (double[])[p.Y, Edge(p.High, p), IsLinear ? Edge(p.Low, p) : Math.Max(Edge(p.Low, p), least / 2)]);
        var y = IsLinear ? Axis.Linear(heights, _height - _bottom, _top, isUpright: true, FromZero, margin: 0.04) : Axis.Logarithmic(heights, _height - _bottom, _top, isUpright: true);
        double left = Math.Max(_left, 34 + (Axis.Character * y.Ticks.Max(t => t.Label.Length)));
        var x = IsLogarithmic ? Axis.Logarithmic(points.Select(p => p.X), left, _width - _right, isUpright: false) : Axis.Linear(points.Select(p => p.X), left, _width - _right, isUpright: false);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {_width} {_height}\" role=\"img\" aria-label=\"{Page.Text(Description)}\">\n");
        foreach (var tick in x.Ticks)
        {
            double at = x.At(tick.Value), half = tick.Label.Length * Axis.Character / 2;
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"{(tick.HasLabel ? "grid" : "minor")}\" d=\"M{at:F1} {_top}V{_height - _bottom}\"/>")
                .Append(CultureInfo.InvariantCulture, $"<text class=\"tick\" x=\"{Math.Min(at, _width - half):F1}\" y=\"{_height - _bottom + 16}\" text-anchor=\"middle\">{tick.Label}</text>\n");
        }

        foreach (var tick in y.Ticks)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"{(tick.HasLabel ? "grid" : "minor")}\" d=\"M{left:F0} {y.At(tick.Value):F1}H{_width - _right}\"/>")
                .Append(CultureInfo.InvariantCulture, $"<text class=\"tick\" x=\"{left - 6:F0}\" y=\"{y.At(tick.Value) + 4:F1}\" text-anchor=\"end\">{tick.Label}</text>\n");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"base\" d=\"M{left:F0} {_top}V{_height - _bottom}H{_width - _right}\"/>\n")
            .Append(CultureInfo.InvariantCulture, $"<text class=\"unit\" x=\"{(left + _width - _right) / 2:F0}\" y=\"{_height - 8}\" text-anchor=\"middle\">{Page.Text(X)}</text>\n")
            .Append(CultureInfo.InvariantCulture, $"<text class=\"unit\" transform=\"translate(14 {(_top + _height - _bottom) / 2}) rotate(-90)\" text-anchor=\"middle\">{Page.Text(Y)}</text>\n");
        for (int i = 0; i < Lines.Count; i++)
        {
            var pieces = Pieces(Lines[i]).ToList();
            pieces.ForEach(piece => Draw(svg, Lines[i].Name, piece, i, x, y));
        }

        return svg.Append("</svg>").ToString();
    }

    private void Draw(StringBuilder svg, string name, List<Point> piece, int line, Axis x, Axis y)
    {
        string look = LineMarks.Look(line);
        string Path(IEnumerable<(double X, double Y)> places) => string.Join(' ', places.Select(p => string.Create(CultureInfo.InvariantCulture, $"{x.At(p.X):F1},{y.At(p.Y):F1}")));
        if (piece.Any(p => Edge(p.High, p) > Edge(p.Low, p)))
        {
            var around = piece.Select(p => (p.X, Edge(p.High, p))).Concat(piece.AsEnumerable().Reverse().Select(p => (p.X, IsLinear ? Edge(p.Low, p) : Math.Max(Edge(p.Low, p), y.Least))));
            svg.Append(CultureInfo.InvariantCulture, $"<polygon class=\"band {look}\" points=\"{Path(around)}\"/>\n");
        }

        if (piece.Count > 1)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<polyline class=\"line {look}\" points=\"{Path(piece.Select(p => (p.X, p.Y)))}\"><title>{Page.Text(name)}</title></polyline>\n");
        }

        bool isMarked = HasDots || piece.Count == 1;
        foreach (var p in isMarked ? piece : LineMarks.Few(piece))
        {
            string between = p.High > p.Low ? $" ({Numbers.Digits(p.Low, 4)} to {Numbers.Digits(p.High, 4)})" : "";
            svg.Append(LineMarks.Mark(isMarked ? line : null, look, x.At(p.X), y.At(p.Y), $"{name}: {X} {Numbers.Digits(p.X, 4)}, {Y} {Numbers.Digits(p.Y, 4)}{between}"));
        }
    }

    private IEnumerable<List<Point>> Pieces(Line line)
    {
        var piece = new List<Point>();
        foreach (var p in line.Points)
        {
            if (IsDrawn(p))
            {
                piece.Add(p);
            }
            else if (piece.Count > 0)
            {
                yield return piece;
                piece = [];
            }
        }

        if (piece.Count > 0)
        {
            yield return piece;
        }
    }

    private static double Edge(double edge, Point point) => double.IsFinite(edge) ? edge : point.Y;

    private bool IsDrawn(Point p) => IsFinite(p) && !IsBelow(p);

    private static bool IsFinite(Point p) => double.IsFinite(p.X) && double.IsFinite(p.Y);

    private bool IsBelow(Point p) => (!IsLinear && p.Y <= 0) || (IsLogarithmic && p.X <= 0);

    private IEnumerable<string> LeftOut()
    {
        string[] below = [.. Counts(p => IsFinite(p) && IsBelow(p))];
        if (below.Length > 0)
        {
            yield return $"Left out, for a logarithmic axis has no place at 0 or below: {string.Join("; ", below)}.";
        }

        string[] missing = [.. Counts(p => !IsFinite(p))];
        if (missing.Length > 0)
        {
            yield return $"Gaps, for the numbers are not finite: {string.Join("; ", missing)}.";
        }
    }

    private IEnumerable<string> Counts(Func<Point, bool> which) =>
        from line in Lines
        let count = line.Points.Count(which)
        where count > 0
        select $"{Numbers.Whole(count)} of {Numbers.Whole(line.Points.Count)} places of {line.Name}";
}
