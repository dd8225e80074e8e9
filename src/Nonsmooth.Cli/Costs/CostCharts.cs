using Nonsmooth.Cli.Documents;
using Nonsmooth.Cli.Output;

namespace Nonsmooth.Cli.Costs;

/// <summary>The pictures of a report: operations, bytes and times of some rows, forward and backward.</summary>
internal static class CostCharts
{
    /// <summary>What the pictures show, and what they do not.</summary>
    public static string Note(CostSheet sheet) =>
        "Moved bytes are those of arguments and results, what must at least be read and written; kept bytes are counted where they are first kept. "
        + (sheet.Milliseconds is null ? "No time is shown: nothing was predicted or run." : "Times without a measurement are predicted.");

    /// <summary>Draws rows.</summary>
    public static Chart Of(string description, IReadOnlyList<CostRow> rows, bool times)
    {
        List<BarChart.Panel> panels =
        [
            Panel("operations", rows, r => (r.Forward.Total, r.Backward.Total), Numbers.Scaled) with { Measure = Measure.Count },
            Panel("bytes moved", rows, r => (r.Bytes.Forward, r.Bytes.Backward), Numbers.Bytes) with { Measure = Measure.Bytes },
            new("kept for backward", [.. rows.Select(Kept)]) { Measure = Measure.Bytes },
        ];
        if (times)
        {
            panels.Add(Panel("time", rows, Times, ms => Numbers.Seconds(ms / 1e3)) with { Measure = Measure.Milliseconds });
        }

        return new BarChart(
            description, [("forward", "forward"), ("backward", "backward"), ("saved", "kept between them")], [.. rows.Select(r => r.Name)], panels);
    }

    private static BarChart.Panel Panel(
        string title, IReadOnlyList<CostRow> rows, Func<CostRow, (double Forward, double Backward)?> quantity, Func<double, string> show) => new(
        title,
        [.. rows.Select(row =>
        {
            return quantity(row) is not var (forward, backward) ? BarChart.Bar.Unknown($"{row.Name}: no {title} is known") : new BarChart.Bar(
                [(forward, "forward"), (backward, "backward")],
                forward + backward == 0 ? "0" : show(forward + backward),
                $"{row.Name}: {title} {show(forward)} forward, {show(backward)} backward");
        })]);

    private static BarChart.Bar Kept(CostRow row) => new(
        [(4.0 * row.SavedWords, "saved")],
        row.SavedWords == 0 ? "0" : Numbers.Bytes(4.0 * row.SavedWords),
        $"{row.Name}: {Numbers.Bytes(4.0 * row.SavedWords)} kept for backward");

    private static (double Forward, double Backward)? Times(CostRow row) =>
        (row.Milliseconds?.Forward ?? row.Milliseconds?.PredictedForward, row.Milliseconds?.Backward ?? row.Milliseconds?.PredictedBackward) is ({ } forward, { } backward) ? (forward, backward) : null;
}
