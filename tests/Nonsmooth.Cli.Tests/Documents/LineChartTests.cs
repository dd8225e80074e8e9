using Nonsmooth.Cli.Documents;

namespace Nonsmooth.Cli.Tests.Documents;

public class LineChartTests
{
    [Fact]
    public void A_line_has_a_place_a_point_and_a_band_where_there_is_one()
    {
        string svg = new LineChart(
            "a & b",
            "steps",
            "loss",
            [new("one <", [new(0, 1, 0.5, 2), new(10, 0.1, 0.1, 0.1)]), new("two", [new(5, 1, 1, 1)])]) { HasDots = true }.Html();
        Assert.Equal(2, svg.Split("<polyline").Length - 1);
        Assert.Single(svg.Split("<polygon").Skip(1));
        Assert.Equal(3, svg.Split("<circle").Length - 1);
        Assert.Contains("aria-label=\"a &amp; b\"", svg, StringComparison.Ordinal);
        Assert.Contains("one &lt;", svg, StringComparison.Ordinal);
        Assert.Contains("points=\"70.0,", svg, StringComparison.Ordinal);
        Assert.Contains(" 964.0,", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Powers_of_ten_mark_a_wide_axis()
    {
        string svg = new LineChart("d", "x", "y", [new("l", [new(1e-4, 1e-3, 1e-3, 1e-3), new(1, 10, 10, 10)])]) { IsLogarithmic = true }.Html();
        foreach (string tick in (string[])[">0.001<", ">0.01<", ">0.1<", ">1<", ">10<"])
        {
            Assert.Contains(tick, svg, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(">2<", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_beyond_the_colours_are_dashed()
    {
        string svg = new LineChart("d", "x", "y", [.. Enumerable.Range(0, 10).Select(i => new LineChart.Line($"l{i}", [new(0, 1, 1, 1), new(1, i + 2, 1, 1)]))]).Html();
        Assert.Equal(2, svg.Split("<polyline class=\"line c c").Skip(1).Count(l => l[1..].StartsWith(" dashed", StringComparison.Ordinal)));
    }

    [Fact]
    public void Nothing_is_said_to_be_nothing()
    {
        Assert.Contains("Nothing to draw", new LineChart("d", "x", "y", [new("l", [])]).Html(), StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", new LineChart("d", "x", "y", [new("l", [new(0, 1, 1, 1)])]).Html(), StringComparison.Ordinal);
    }
}
