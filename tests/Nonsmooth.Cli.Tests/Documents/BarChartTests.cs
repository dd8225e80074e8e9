using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Nonsmooth.Cli.Documents;

namespace Nonsmooth.Cli.Tests.Documents;

public sealed partial class BarChartTests
{
    [Fact]
    public void ABarIsAsLongAsItsLabelSays()
    {
        var picture = Picture(new BarChart("d", [], ["a", "b", "c", "d"],
        [
            new("p", [Bar(1000), Bar(250, 500), Bar(0), BarChart.Bar.Unknown("nobody knows")]),
            new("q", [Bar(2), Bar(1), Bar(0.001), Bar(0)]) { Most = 4 },
        ]));
        var groups = picture.Descendants("g").ToList();
        double[] lengths = [.. groups.Select(g => g.Elements("rect").Sum(r => Number(r, "width")))];
        Assert.Equal(0.75, lengths[1] / lengths[0], 2);
        Assert.Equal((0, 0, 0), (lengths[2], lengths[3], lengths[7]));
        Assert.Equal(0.5, lengths[5] / lengths[4], 2);
        Assert.True(lengths[6] > 0);
        Assert.Equal(["1000", "750", "0", "–", "2", "1", "0.001", "0"], groups.Select(g => g.Element("text")!.Value));
        foreach (var group in groups)
        {
            double end = group.Elements("rect").Select(r => Number(r, "x") + Number(r, "width")).DefaultIfEmpty(0).Max();
            Assert.True(Number(group.Element("text")!, "x") >= end);
        }
    }

    [Fact]
    public void EveryPanelHasAnAxisInAUnitThatSuitsIt()
    {
        var picture = Picture(new BarChart("d", [], ["a"], [new("moved", [Bar(3 << 20)]) { Measure = Measure.Bytes }, new("time", [Bar(0.25)]) { Measure = Measure.Milliseconds }, new("none", [Bar(0)])]));
        Assert.Equal(["MiB", "µs", ""], picture.Elements("text").Where(t => Class(t) == "unit").Select(t => t.Value));
        string[] ticks = [.. picture.Elements("text").Where(t => Class(t) == "tick").Select(t => t.Value)];
        Assert.True(ticks.Count(t => t == "0") == 3 && ticks.Length >= 9, string.Join(' ', ticks));
        Assert.Contains("3", ticks);
    }

    /// <summary>Long names and labels, many panels: text stays in the picture and off its neighbours.</summary>
    [Fact]
    public void NothingLeavesTheFrame()
    {
        string name = "a.module.with.a.name.that.nobody.could.ever.read.at.once";
        var bars = Enumerable.Range(0, 3).Select(i => new BarChart.Bar([(Math.Pow(10, i), "c0")], "1,024.0 KiB", "h")).ToList();
        var picture = Picture(new BarChart("d", [], [name, "b", "c"], [.. Enumerable.Range(0, 4).Select(i => new BarChart.Panel($"panel {i}", bars))]));
        double[] begins = [.. picture.Elements("text").Where(t => Class(t) == "head").Select(t => Number(t, "x"))];
        var values = picture.Descendants("text").Where(t => Class(t) == "value").ToList();
        for (int i = 0; i < values.Count; i++)
        {
            double end = Number(values[i], "x") + (6.5 * values[i].Value.Length);
            Assert.True(end <= (i / 3 < 3 ? begins[(i / 3) + 1] : 980), $"{end} in panel {i / 3}");
        }

        var label = picture.Elements("text").First(t => Class(t) == "name");
        Assert.StartsWith("…", label.Nodes().OfType<XText>().First().Value, StringComparison.Ordinal);
        Assert.Equal(name, label.Element("title")!.Value);
    }

    private static BarChart.Bar Bar(params double[] parts) => new([.. parts.Select((p, i) => (p, $"c{i}"))], parts.Sum().ToString(CultureInfo.InvariantCulture), "hint");

    private static XElement Picture(BarChart chart) => XElement.Parse(Svg().Matches(chart.Html()).Last().Value);

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private static string Class(XElement element) => element.Attribute("class")?.Value ?? "";

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Svg();
}
