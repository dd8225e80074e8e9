using Nonsmooth.Cli.Documents;
using Nonsmooth.Cli.Output;
using Nonsmooth.Selections;

namespace Nonsmooth.Cli.Audits;

/// <summary>An audit as a report.</summary>
internal static class AuditDocument
{
    private const string Published =
        "Published, for max pooling's ties, native against minimal, in 32 bits (VGG11, CIFAR-10, batch 128, one draw, 391 batches): 55.2 % of batches in the bifurcation zone in one run, 48.9 % and 48.6 % in the figures; LeNet-5 on MNIST about 1.8 %. In 16 bits 100 %, in 64 bits 0 %.";

    public static Document Of(AuditSheet sheet)
    {
        var document = new Document(sheet, AuditWords.Title(sheet)) { Tab = $"Audit of {sheet.Network}", Lead = AuditLead.Of(sheet), Rows = Rows(sheet) }.Verdict(sheet.Verdict);
        if (sheet.Zones.Count > 0)
        {
            document.Section("What each choice does, format by format").Say(AuditWords.What(sheet)).Add(Zones(sheet)).Say(AuditWords.Zones(sheet));
            document.Section("What was published", Where.Html).Say(sheet.Choices.Where(c => c.Name == "max-pool-ties").Select(_ => Published));
        }

        foreach (var choice in sheet.Choices)
        {
            var zones = sheet.Zones.Where(z => z.Choice == choice.Name).ToList();
            document.Section($"{choice.Name}: share of batches by format", Where.Html).Add(AuditCharts.Shares(choice, zones)).Say(
                $"Of the batches run: those that depend on the choice, given the decisions of the format; those that differ as rounding makes them; those with the same numbers. The choice is {choice.Topic}: {choice.Sides}. The other side is {Label(choice)}. It is made at {string.Join(", ", choice.Nodes)}.");
            if (zones.Any(z => z.Decades.Count > 0))
            {
                document.Section($"{choice.Name}: how far the gradient moves", Where.Html).Add(AuditCharts.Distances(choice, zones)).Say(
                    "Batches by the decade of Σ‖g − h‖∞ over the parameter tensors; exact zeros apart. An empty stretch between two groups is where a threshold has room.");
            }
        }

        if (sheet.Replayed)
        {
            document.Section("Replay in 64 bits", Where.Html).Add(Replay(sheet)).Say(
                "Relative distances of the two gradients replayed in 64 bits on the decisions of the format: at most 1e-12 counts as rounding, more as a choice. It says what differs beyond 64-bit rounding given those decisions, not what the program over the reals decides.");
        }

        if (sheet.Layers.Count > 0)
        {
            document.Section("Which nodes").Add(AuditCharts.Nodes(sheet), Layers(sheet)).Say(AuditWords.Layers);
        }

        if (sheet.Training.Count > 0)
        {
            document.Section("Training with one choice and with the other, from the same seeds").Add(Training(sheet));
        }

        if (sheet.Ties.Count > 0)
        {
            document.Section("The ties that weigh most, at the first draw").Add(Ties(sheet)).Say(
                "In 32 bits: where a choice is made, the value that ties, and the derivative of the loss that reaches it. Of a pooling layer the place is sample, channel, row, column.");
        }

        if (sheet.Origins.Count > 0)
        {
            document.Section("Ties of the program, and ties that rounding made").Add(Origins(sheet.Origins.Where(o => o.Node == "total"))).Say(AuditWords.Origins);
            document.Section("Such ties, node by node", Where.Html).Add(Origins(sheet.Origins));
        }

        document.Section("What 16 bits would make of each layer's numbers", Where.Html).Add(Ranges(sheet)).Say(
            "One batch at the first draw, computed in 32 bits: the share of numbers that binary16 and bfloat16 would turn to infinity, hold with less precision, or turn to 0.");
        if (sheet.Traps.Count > 0)
        {
            document.Section("Traps", Where.Html).Table(
                sheet.Traps, (Column.Code("node"), t => t.Node), (Column.Text("kind"), t => t.Kind), (Column.Text("what happens"), t => t.What), (Column.Text("mend"), t => t.Mend));
        }

        if (sheet.Untold.Count > 0)
        {
            document.Section("Of which the lint for traps can tell nothing", Where.Html).Table(sheet.Untold, (Column.Code("node"), u => u.Node), (Column.Text("function"), u => u.Function));
        }

        return document.Section("How to get these numbers again").Add(new Code(sheet.Rerun)).Say(
            $"Subnormal numbers are {(sheet.FlushToZero ? "taken for 0" : "kept")} by this executor. The same command gives the same numbers with the same number of threads.");
    }

    private static Table Zones(AuditSheet sheet) => Table.Of(
        sheet.Zones,
        (Column.Text("choice"), z => z.Choice),
        (Column.Text("format"), z => z.Precision),
        (Column.Short("equal %", 2), z => z.Equal),
        (Column.Short("rounding %", 2), z => z.Compensation),
        (Column.Short("choice %", 2), z => z.Bifurcation),
        (Column.Short("95 % interval", 1), z => z.Exact ? "exact" : (object?)z.Interval),
        (Column.Right("draws affected"), z => $"{z.AffectedDraws} of {z.ParameterDraws}"),
        (Column.Short("published τ %", 2), z => z.Published),
        (Column.Short("calibrated τ %", 2), z => z.Calibrated),
        (Column.Magnitude("largest Σ‖·‖∞"), z => z.LargestInfinity),
        (Column.Count("M"), z => z.ParameterDraws),
        (Column.Count("Q"), z => z.Batches));

    private static Table Layers(AuditSheet sheet) => Table.Of(
        sheet.Layers,
        (Column.Code("node"), l => l.Name),
        (Column.Text("function"), l => l.Function),
        (Column.Short("on a kink %", 2), l => l.TiedWindows),
        (Column.Short("reached %", 2), l => l.Active),
        (Column.Number("blame %", Numbers.Points), l => l.Blame),
        (Column.Text("by"), l => l.BlameBy));

    private static Table Training(AuditSheet sheet) => Table.Of(
        sheet.Training,
        (Column.Text("choice"), t => t.Choice),
        (Column.Text("format"), t => t.Precision),
        (Column.Count("pairs"), t => t.Seeds),
        (Column.Count("steps"), t => t.Steps),
        sheet.Training.Any(t => double.IsNaN(t.Accuracy)) ? (Column.Short("test loss"), t => t.Loss) : (Column.Short("accuracy, points", 2), t => t.Accuracy),
        (Column.Short("95 % interval", 2), t => t.Interval),
        (Column.Digits("Σ‖θ − θ'‖₁", 2), t => t.Weights),
        (Column.Count("NaN as is"), t => t.NotFinite[0]),
        (Column.Count("NaN otherwise"), t => t.NotFinite[1]));

    private static Table Replay(AuditSheet sheet) => Table.Of(
        sheet.Zones.Where(z => z.LargestRounding is not null || z.SmallestChoice is not null),
        (Column.Text("choice"), z => z.Choice),
        (Column.Text("format"), z => z.Precision),
        (Column.Short("agrees with τ %", 2), z => z.Agreement),
        (Column.Magnitude("largest rounding"), z => z.LargestRounding),
        (Column.Magnitude("smallest choice"), z => z.SmallestChoice));

    private static Table Ties(AuditSheet sheet) => Table.Of(
        sheet.Ties,
        (Column.Code("node"), t => t.Node),
        (Column.Count("batch"), t => t.Batch),
        (Column.Right("at"), t => string.Join(", ", t.At)),
        (Column.Digits("tied value"), t => t.Value),
        (Column.Digits("cotangent"), t => t.Cotangent));

    private static Table Origins(IEnumerable<OriginRow> rows) => Table.Of(
        rows,
        (Column.Code("node"), o => o.Node),
        (Column.Text("format"), o => o.Precision),
        (Column.Count("places"), o => o.Places),
        (Column.Count("ties"), o => o.Kept + o.Made),
        (Column.Count("in 64 bits too"), o => o.Kept),
        (Column.Count("made by rounding"), o => o.Made),
        (Column.Count("lost by rounding"), o => o.Lost));

    private static Table Ranges(AuditSheet sheet) => Table.Of(
        sheet.Ranges,
        (Column.Code("layer"), r => r.Layer),
        (Column.Text("pass"), r => r.Pass),
        (Column.Magnitude("largest"), r => r.Largest),
        (Column.Short("f16 overflow %", 2), r => r.Overflow[0]),
        (Column.Short("subnormal %", 2), r => r.Subnormal[0]),
        (Column.Short("to 0 %", 2), r => r.Underflow[0]),
        (Column.Short("bf16 overflow %", 2), r => r.Overflow[1]),
        (Column.Short("subnormal %", 2), r => r.Subnormal[1]),
        (Column.Short("to 0 %", 2), r => r.Underflow[1]));

    private static Table Rows(AuditSheet sheet) => Table.Of(
        sheet.Zones,
        (Column.Text("network"), _ => sheet.Network),
        (Column.Text("data"), _ => sheet.Data),
        (Column.Text("batch"), _ => sheet.Batch),
        (Column.Text("choice"), z => z.Choice),
        (Column.Text("precision"), z => z.Precision),
        (Column.Text("equal"), z => z.Equal),
        (Column.Text("compensation"), z => z.Compensation),
        (Column.Text("bifurcation"), z => z.Bifurcation),
        (Column.Text("low"), z => z.Interval?[0]),
        (Column.Text("high"), z => z.Interval?[1]),
        (Column.Text("parameter_draws"), z => z.ParameterDraws),
        (Column.Text("batches"), z => z.Batches),
        (Column.Text("published"), z => z.Published),
        (Column.Text("calibrated"), z => z.Calibrated),
        (Column.Text("threshold"), z => z.Threshold),
        (Column.Text("mean_relative"), z => z.MeanRelative),
        (Column.Text("largest_sum_infinity"), z => z.LargestInfinity),
        (Column.Text("population"), z => z.Population),
        (Column.Text("affected_draws"), z => z.AffectedDraws),
        (Column.Text("estimand"), z => z.Estimand));

    private static string Label(ChoiceRow choice) => (choice.Point, choice.Rule) switch
    {
        (_, RuleLabel.NotConservative) => "no conservative rule",
        (PointLabel.Clarke, RuleLabel.Conservative) => "a conservative rule, and a Clarke subgradient of the function where it chooses",
        (PointLabel.Neither, RuleLabel.Conservative) => "a conservative rule, but no Clarke subgradient of the function where it chooses",
        _ => "labelled kink by kink in nonsmooth kinks",
    };
}
