using Nonsmooth.Cli.Documents;
using Nonsmooth.Cli.Output;
using Nonsmooth.Cost;

namespace Nonsmooth.Cli.Costs;

/// <summary>What a network costs, as a report.</summary>
internal static class CostDocument
{
    private const int _bar = 12;

    /// <param name="sheet">The figures.</param>
    /// <param name="modules">Whether the rows for a spreadsheet are modules; else they are nodes.</param>
    public static Document Of(CostSheet sheet, bool modules)
    {
        var document = new Document(sheet, CostWords.Title(sheet)) { Tab = $"Cost of {sheet.Network}", Lead = CostLead.Of(sheet), Rows = CostRows.Of(modules ? sheet.Modules : sheet.Nodes) };
        document.Section("", Where.Html).Verdict(CostWords.Verdict(sheet)).Add(Figures(sheet));
        document.Section("").Say(CostWords.Conventions, CostWords.Coverage(sheet));
        var shown = sheet.Modules.Where(r => !r.IsFree).ToArray();
        document.Section("Where it goes, module by module")
            .Add(CostCharts.Of("Cost by module", shown, sheet.Milliseconds is not null), Modules(sheet, shown)).Say(CostWords.Macs(sheet), CostWords.Memory(sheet));
        document.Section("Where it goes, by kind of operation", Where.Html)
            .Add(CostCharts.Of("Cost by kind of operation", CostWords.Kinds(sheet), sheet.Milliseconds is not null)).Say(CostWords.Dearest(sheet), CostCharts.Note(sheet));
        var columns = CostColumn.Of(sheet);
        document.Section(CostColumn.Heading(columns)).Add(Programs(columns)).Say([CostWords.Bound(sheet), .. CostWords.Extras(sheet)]);
        if (sheet.Jacobian is { } advice)
        {
            document.Section($"Jacobian of the {Word(advice.Of)} in the {Word(advice.In)}: forward, reverse or mixed mode")
                .Add(Modes(advice)).Say(CostWords.Choice(sheet, advice));
        }

        if (sheet.Executors is { } executors)
        {
            document.Section("Which executor").Add(Executors(executors)).Say(CostWords.Executor(executors));
        }

        document.Section($"All {sheet.Modules.Count} modules as numbers", Where.Html, folded: true).Add(CostRows.Of(sheet.Modules));
        document.Section($"All {sheet.Nodes.Count} nodes as numbers", Where.Html, folded: true).Add(CostRows.Of(sheet.Nodes));
        return document;
    }

    private static Figures Figures(CostSheet sheet) => new(
    [
        ("parameters", Numbers.Scaled(sheet.Parameters)),
        ("forward MAC", Numbers.Scaled(sheet.Macs.Dense)),
        ("backward MAC", Numbers.Scaled(sheet.Macs.Backward)),
        ("(forward + backward) / forward", sheet.Ratio is { } ratio ? Numbers.Short(ratio, 3) : "–"),
        ("proved bound ω_b", Numbers.Short(sheet.Unit.OmegaB, 2)),
        ("kept for backward", Numbers.Bytes(4.0 * sheet.SavedWords)),
    ]);

    private static Table Modules(CostSheet sheet, IReadOnlyList<CostRow> rows)
    {
        double all = sheet.Counted.Training.Total;
        double most = sheet.Modules.Max(r => r.Total);
        List<(Column Column, Func<CostRow, object?> Value, object? Total)> columns =
        [
            (Column.Code("module"), r => r.Name, "total"),
            (Column.Text("output"), r => r.Output, null),
            (Column.Count("parameters"), r => Some(r.Parameters), sheet.Parameters),
            (Column.Scaled("forward MAC"), r => Some(r.Macs.Dense), sheet.Macs.Dense),
            (Column.Scaled("backward MAC"), r => Some(r.Macs.Backward), sheet.Macs.Backward),
            (Column.Count("operations") with { IsNumber = false, Show = x => x > most ? "" : Numbers.Bar(x / most, _bar) }, r => r.Total, sheet.Counted.Training.Total),
            (Column.Percent("share"), r => r.Total / all, 1.0),
            (Column.Bytes("saved"), r => Some(4 * r.SavedWords), 4 * sheet.SavedWords),
        ];
        if (sheet.Milliseconds?.PredictedForward is not null)
        {
            columns.Add((Column.Time("predicted"), r => Predicted(r.Milliseconds), Predicted(sheet.Milliseconds)));
        }

        if (sheet.Milliseconds?.Forward is not null)
        {
            columns.Add((Column.Time("measured"), r => Measured(r.Milliseconds), Measured(sheet.Milliseconds)));
        }

        return Table.Of(rows, [.. columns.Select(c => (c.Column with { Missing = "" }, c.Value))]).Then([.. columns.Select(c => c.Total)]);
    }

    private static Table Programs(IReadOnlyList<CostColumn> columns) => new(
        [Column.Text("program"), .. columns.Select(c => Column.Right(c.Name))],
        [
            ["value", .. columns.Select(c => c.Value)],
            ["value and gradient, backprop", .. columns.Select(c => c.Gradient)],
            ["ratio", .. columns.Select(c => c.Ratio)],
            ["value and gradient, forprop", .. columns.Select(c => c.Forprop)],
        ]);

    private static Table Executors(ExecutorAdvice advice) => Table.Of(
        advice.Prices,
        (Column.Text("executor"), p => p.Executor),
        (Column.Time("making it ready"), p => p.Making / 1e3),
        (Column.Time("value"), p => p.Value / 1e3),
        (Column.Time("value and gradient"), p => p.Gradient / 1e3),
        (Column.Time($"{Numbers.Whole(advice.Runs)} gradients"), p => (p.Making + (advice.Runs * p.Gradient)) / 1e3),
        (Column.Text("choice"), p => p.Executor == advice.Best ? "least" : null));

    private static Table Modes(JacobianAdvice advice)
    {
        List<(DerivativeMode Mode, string Runs, double Price)> rows =
        [
            (DerivativeMode.Forward, Numbers.Count(advice.Tangents, "tangent"), advice.Forward),
            (DerivativeMode.Reverse, Numbers.Count(advice.Cotangents, "cotangent"), advice.Reverse),
        ];
        if (advice.Mixed is { } mixed)
        {
            rows.Add((DerivativeMode.Mixed, $"{Word(mixed.Inner)} to {mixed.Waist} of {Numbers.Whole(mixed.Elements)}, {Word(mixed.Outer)} from there", mixed.Price));
        }

        return Table.Of(
            rows,
            (Column.Text("mode"), r => Word(r.Mode)),
            (Column.Text("runs"), r => r.Runs),
            (Column.Scaled("operations"), r => r.Price),
            (Column.Number("times the value", x => x < 1000 ? Numbers.Short(x, 1) : Numbers.Scaled(x)), r => r.Price / advice.Value),
            (Column.Text("choice"), r => r.Mode == advice.Mode ? "cheapest" : null));
    }

    private static object? Some(long number) => number == 0 ? null : number;

    private static double? Predicted(Milliseconds? ms) => Seconds(ms?.PredictedForward + ms?.PredictedBackward);

    private static double? Measured(Milliseconds? ms) => Seconds(ms?.Forward + ms?.Backward);

    private static double? Seconds(double? milliseconds) => milliseconds > 0 ? milliseconds / 1e3 : null;


    private static string Word<T>(T name)
        where T : struct, Enum => name.ToString().ToLowerInvariant();
}
