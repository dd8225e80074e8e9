using System.Globalization;
using Nonsmooth.Cli.Documents;
using Nonsmooth.Cli.Output;

namespace Nonsmooth.Cli.Audits;

/// <summary>The pictures of an audit.</summary>
internal static class AuditCharts
{
    public static Chart Shares(ChoiceRow choice, IReadOnlyList<ZoneRow> zones) => new BarChart(
        $"Zones of {choice.Name} by format",
        [("saved", "equal"), ("forward", "rounding"), ("backward", "choice")],
        [.. zones.Select(z => z.Precision)],
        [new("% of batches", [.. zones.Select(z => new BarChart.Bar(
            [(z.Equal, "saved"), (z.Compensation, "forward"), (z.Bifurcation, "backward")],
            $"{Numbers.Short(z.Bifurcation, 2)} %",
            $"{z.Precision}: {Numbers.Short(z.Equal, 2)} % equal, {Numbers.Short(z.Compensation, 2)} % rounding, {Numbers.Short(z.Bifurcation, 2)} % choice"))])]);

    public static Chart Distances(ChoiceRow choice, IReadOnlyList<ZoneRow> zones)
    {
        var decades = zones.SelectMany(z => z.Decades.Keys).DefaultIfEmpty(0).ToList();
        int[] rows = [.. Enumerable.Range(decades.Min(), decades.Max() - decades.Min() + 1)];
        BarChart.Bar Bar(int count, string where, string format) => new(
            [(count, "forward")], count == 0 ? "" : count.ToString(CultureInfo.InvariantCulture), $"{format}, {where}: {count} batches");
        return new BarChart(
            $"Distances of {choice.Name} by decade",
            [],
            ["exactly 0", .. rows.Select(d => $"1e{d} to 1e{d + 1}")],
            [.. zones.Select(z => new BarChart.Panel(
                z.Precision,
                [Bar(z.Zeros, "exactly 0", z.Precision), .. rows.Select(d => Bar(z.Decades.GetValueOrDefault(d), $"1e{d}", z.Precision))]))]);
    }

    public static Chart Nodes(AuditSheet sheet) => new BarChart(
        "Kinks and blame by node",
        [("forward", "on a kink"), ("backward", "blame")],
        [.. sheet.Layers.Select(l => l.Name)],
        [
            new("% of places on a kink", [.. sheet.Layers.Select(l => new BarChart.Bar([(l.TiedWindows ?? 0, "forward")], l.TiedWindows is { } t and > 0 ? $"{Numbers.Short(t, 2)} %" : "", $"{l.Name}: {Numbers.Short(l.TiedWindows ?? 0, 3)} % on a kink"))]),
            new("blame, % of the gradient's norm", [.. sheet.Layers.Select(l => new BarChart.Bar([(l.Blame ?? 0, "backward")], l.Blame is { } b and > 0 ? $"{Numbers.Points(b)} %" : "", $"{l.Name}: {Numbers.Points(l.Blame ?? 0)} % {l.BlameBy}"))]),
        ]);
}
