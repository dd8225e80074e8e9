using Nonsmooth.Cli.Output;

namespace Nonsmooth.Cli.Costs;

/// <summary>One way to know a cost: a column beside the others.</summary>
/// <param name="Name">What the column is.</param>
/// <param name="Value">The loss.</param>
/// <param name="Gradient">The loss and its gradient by backprop.</param>
/// <param name="Forprop">The loss and its gradient by forprop.</param>
/// <param name="Ratio">Gradient over value.</param>
internal sealed record CostColumn(string Name, string Value, string Gradient, string Forprop, string Ratio)
{
    /// <summary>Bound, theory and count; then prediction and measurement where there are any.</summary>
    public static IReadOnlyList<CostColumn> Of(CostSheet sheet)
    {
        var (unit, counted, time) = (sheet.Unit, sheet.Counted, sheet.Milliseconds);
        List<CostColumn> columns =
        [
            new("proved bound", "", $"≤ {Numbers.Short(unit.OmegaB)} × value", $"≤ {Numbers.Scaled(unit.OmegaF)} × value", $"≤ {Numbers.Short(unit.OmegaB)} ({unit.OmegaBBy})"),
            new(
                $"theory U({Numbers.Short(unit.C)})",
                Numbers.Scaled(unit.Value),
                Numbers.Scaled(unit.Backprop),
                Numbers.Scaled(unit.Forprop),
                Numbers.Short(unit.Backprop / unit.Value)),
            new(
                "counted operations",
                Numbers.Scaled(counted.Value.Total),
                Numbers.Scaled(counted.Training.Total),
                "",
                Numbers.Short((double)counted.Training.Total / counted.Value.Total)),
        ];
        Add(columns, "predicted", time?.PredictedForward, time?.PredictedBackward);
        Add(columns, "measured", time?.Forward, time?.Backward);
        return columns;
    }

    /// <summary>What stands over the columns.</summary>
    public static string Heading(IReadOnlyList<CostColumn> columns) =>
        "Bound, theory, count" + string.Concat(columns.Skip(3).Select(c => $", {c.Name}"));

    private static void Add(List<CostColumn> columns, string heading, double? forward, double? backward)
    {
        if (forward is { } f && backward is { } b)
        {
            columns.Add(new CostColumn(heading, Numbers.Seconds(f / 1e3), Numbers.Seconds((f + b) / 1e3), "", Numbers.Short((f + b) / f)));
        }
    }
}
