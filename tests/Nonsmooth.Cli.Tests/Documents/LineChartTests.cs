using System.Text.RegularExpressions;
using Nonsmooth.Cli.Documents;

namespace Nonsmooth.Cli.Tests.Documents;

public sealed partial class LineChartTests
{
    [Fact]
    public void A_line_has_a_place_a_point_and_a_band_where_there_is_one()
    {
        string svg = new LineChart(
            "a & b",
            "steps",
            "loss",
            [new("one <", [new(0, 1, 0.5, 2), new(10, 0.1, 0.1, 0.1)]), new("two", [new(5, 1, 1, 1)])]) { HasDots = true }.Html();
        Assert.Single(Polyline().Matches(svg));
        Assert.Single(svg.Split("<polygon").Skip(1));
        Assert.Equal(3, Dots(svg));
        Assert.Contains("aria-label=\"a &amp; b\"", svg, StringComparison.Ordinal);
        Assert.Contains("<title>one &lt;: steps 0, loss 1 (0.5 to 2)</title>", svg, StringComparison.Ordinal);
        Assert.Contains("points=\"70.0,", svg, StringComparison.Ordinal);
        Assert.Contains(" 964.0,", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Powers_of_ten_mark_a_wide_axis()
    {
        string svg = new LineChart("d", "x", "y", [new("l", [Place(1e-4, 1e-3), Place(1, 10)])]) { IsLogarithmic = true }.Html();
        foreach (string tick in (string[])[">0.001<", ">0.01<", ">0.1<", ">1<", ">10<", ">10⁻⁴<", ">10⁰<"])
        {
            Assert.Contains(tick, svg, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(">2<", svg, StringComparison.Ordinal);
        Assert.Contains("class=\"minor\"", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void No_two_lines_of_a_colour_have_a_dash_in_common()
    {
        string[] looks = [.. Enumerable.Range(0, 32).Select(LineMarks.Look)];
        Assert.Equal(32, looks.Distinct().Count());
        Assert.Equal(4, looks[..4].Select(l => l.Split(' ')[1]).Distinct().Count());
        string svg = new LineChart("d", "x", "y", [.. Enumerable.Range(0, 10).Select(i => new LineChart.Line($"l{i}", [Place(0, 1), Place(1, i + 2)]))]).Html();
        Assert.Equal(10, Polyline().Matches(svg).Select(m => m.Groups[1].Value).Distinct().Count());
    }

    [Fact]
    public void A_linear_axis_goes_below_0_and_begins_at_0_where_it_is_asked_to()
    {
        var chart = new LineChart("d", "x", "y", [new("l", [Place(0, -3), Place(1, 5)])]) { IsLinear = true };
        Assert.Contains(">−2<", chart.Html(), StringComparison.Ordinal);
        Assert.DoesNotContain("Left out", chart.Html(), StringComparison.Ordinal);
        chart = chart with { Lines = [new("l", [Place(0, 90), Place(1, 95)])] };
        Assert.DoesNotContain(">0</text>\n<path class=\"grid\" d=\"M70 ", chart.Html()[chart.Html().IndexOf("end\">", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Contains("text-anchor=\"end\">0</text>", (chart with { FromZero = true }).Html(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_no_place_is_left_out_and_said()
    {
        string svg = new LineChart("d", "x", "y", [new("l", [Place(0, 1), Place(1, 0), Place(2, 2), Place(3, double.NaN), Place(4, 3), Place(5, 4)])]).Html();
        Assert.Contains("no place at 0 or below: 1 of 6 places of l.", svg, StringComparison.Ordinal);
        Assert.Contains("not finite: 1 of 6 places of l.", svg, StringComparison.Ordinal);

        // Two places alone, marked, and a line.
        Assert.Single(Polyline().Matches(svg));
        Assert.Equal(2, Dots(svg));
        Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
        Assert.Contains("1 of 1 places of l", (new LineChart("d", "x", "y", [new("l", [Place(0, 1)])]) { IsLogarithmic = true }).Html(), StringComparison.Ordinal);
    }

    [Fact]
    public void Long_lines_have_targets_that_a_pointer_can_tell_apart()
    {
        string svg = new LineChart("d", "x", "y", [new("l", [.. Enumerable.Range(0, 5000).Select(i => Place(i, 1 + i))])]) { IsLinear = true }.Html();
        Assert.InRange(svg.Split("class=\"hit\"").Length - 1, 50, 121);
        Assert.Contains("x 4999, y 5000<", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_said_to_be_nothing()
    {
        Assert.Contains("Nothing to draw", new LineChart("d", "x", "y", [new("l", [])]).Html(), StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", new LineChart("d", "x", "y", [new("l", [Place(0, 1)])]).Html(), StringComparison.Ordinal);
    }

    private static LineChart.Point Place(double x, double y) => new(x, y, y, y);

    private static int Dots(string html) => html[html.IndexOf("role=\"img\"", StringComparison.Ordinal)..].Split("<path class=\"dot").Length - 1;

    [GeneratedRegex("<polyline class=\"line ([^\"]*)\"")]
    private static partial Regex Polyline();
}
