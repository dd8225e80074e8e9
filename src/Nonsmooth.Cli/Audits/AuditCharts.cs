using System.Globalization;
using Nonsmooth.Cli.Documents;
using Nonsmooth.Cli.Output;

namespace Nonsmooth.Cli.Audits;

/// <summary>The pictures of an audit.</summary>
internal static class AuditCharts
{
    public static Chart Shares(ChoiceRow choice, IReadOnlyList<ZoneRow> zones)
    {
        BarChart.Panel Panel(string title, string what, string colour, Func<ZoneRow, double> share) => new(title, [.. zones.Select(z => new BarChart.Bar(
            [(share(z), colour)], $"{Numbers.Short(share(z), 2)} %", $"{z.Precision}: {Numbers.Short(share(z), 2)} % of the batches run {what}"))])
        {
            Measure = Measure.Percent,
            Most = 100,
        };
        return new BarChart(
            $"Batches by format and by what {choice.Name} does to them",
            [],
            [.. zones.Select(z => z.Precision)],
            [
                Panel("choice", "depend on the choice", "choice", z => z.Bifurcation),
                Panel("rounding", "differ as rounding makes them", "rounding", z => z.Compensation),
                Panel("equal", "have the same numbers", "equal", z => z.Equal),
            ]);
    }

    public static Chart Distances(ChoiceRow choice, IReadOnlyList<ZoneRow> zones)
    {
        var decades = zones.SelectMany(z => z.Decades.Keys).DefaultIfEmpty(0).ToList();
        int[] rows = [.. Enumerable.Range(decades.Min(), decades.Max() - decades.Min() + 1)];
        BarChart.Bar Bar(int count, string where, string format) => new(
            [(count, "forward")], count.ToString(CultureInfo.InvariantCulture), $"{format}, {where}: {count} batches");
        return new BarChart(
            $"Distances of {choice.Name} by decade",
            [],
            ["exactly 0", .. rows.Select(d => $"1e{d} to 1e{d + 1}".Replace('-', '−'))],
            [.. zones.Select(z => new BarChart.Panel(
                z.Precision,
                [Bar(z.Zeros, "exactly 0", z.Precision), .. rows.Select(d => Bar(z.Decades.GetValueOrDefault(d), $"1e{d}", z.Precision))]))]);
    }

    public static Chart Nodes(AuditSheet sheet) => new BarChart(
        "Kinks and blame by node",
        [],
        [.. sheet.Layers.Select(l => l.Name)],
        [
            new("places on a kink", [.. sheet.Layers.Select(l => l.TiedWindows is { } share
                ? new BarChart.Bar([(share, "forward")], $"{Numbers.Short(share, 2)} %", $"{l.Name}: {Numbers.Short(share, 3)} % on a kink")
                : BarChart.Bar.Unknown($"{l.Name}: cannot be measured"))]) { Measure = Measure.Percent },
            new("blame, of the gradient's norm", [.. sheet.Layers.Select(l => l.Blame is { } share
                ? new BarChart.Bar([(share, "backward")], $"{Numbers.Points(share)} %", $"{l.Name}: {Numbers.Points(share)} % {l.BlameBy}")
                : BarChart.Bar.Unknown($"{l.Name}: was not asked for"))]) { Measure = Measure.Percent },
        ]);
}
