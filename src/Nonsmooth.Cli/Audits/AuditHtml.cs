using System.Globalization;
using Nonsmooth.Cli.Output;
using Nonsmooth.Selections;

namespace Nonsmooth.Cli.Audits;

/// <summary>An audit as one file for a browser.</summary>
internal static class AuditHtml
{
    public static string Of(AuditSheet sheet)
    {
        var html = new HtmlDocument($"Audit of {sheet.Network}", AuditWords.Title(sheet));
        html.Verdict(sheet.Verdict);
        if (sheet.Zones.Count > 0)
        {
            html.Section("What was done", "", AuditWords.What(sheet));
        }

        foreach (var choice in sheet.Choices)
        {
            var zones = sheet.Zones.Where(z => z.Choice == choice.Name).ToList();
            html.Section($"{choice.Name}: share of batches by format", Legend + Shares(choice, zones), $"At the end of each bar: the share of the batches run that depend on the choice, given the decisions of the format. The choice is {choice.Topic}: {choice.Sides}. The other side is {Label(choice)}. It is made at {string.Join(", ", choice.Nodes)}.");
            if (zones.All(z => z.Decades.Count == 0))
            {
                continue;
            }

            html.Section($"{choice.Name}: how far the gradient moves", Histogram(choice, zones), "Batches by the decade of Σ‖g − h‖∞ over the parameter tensors; exact zeros apart. An empty stretch between two groups is where a threshold has room.");
        }

        if (sheet.Layers.Count > 0)
        {
            html.Section("Which nodes", NodeLegend + Nodes(sheet), AuditWords.Layers);
        }

        if (sheet.Training.Count > 0)
        {
            html.Section("Training with one choice and with the other, from the same seeds", HtmlDocument.Table(AuditTables.TrainingHeadings, AuditTables.Training(sheet)));
        }

        html.Section("Zones, every number", HtmlDocument.Table(AuditTables.ZoneHeadings, AuditTables.Zones(sheet), small: true), [AuditWords.Zones(sheet), .. sheet.Choices.Any(c => c.Name == "max-pool-ties") ? [Published] : Array.Empty<string>()]);
        if (sheet.Replayed)
        {
            html.Section("Replay in 64 bits", HtmlDocument.Table(AuditTables.ReplayHeadings, AuditTables.Replay(sheet), small: true), "Relative distances of the two gradients replayed in 64 bits on the decisions of the format: at most 1e-12 counts as rounding, more as a choice. It says what differs beyond 64-bit rounding given those decisions, not what the program over the reals decides.");
        }

        html.Section("Nodes, every number", HtmlDocument.Table(AuditTables.LayerHeadings, AuditTables.Layers(sheet), small: true));
        if (sheet.Ties.Count > 0)
        {
            html.Section("The ties that weigh most", HtmlDocument.Table(AuditTables.TieHeadings, AuditTables.Ties(sheet), small: true), "At the first draw, in 32 bits: where a choice is made, the value that ties, and the derivative of the loss that reaches it. Of a pooling layer the place is sample, channel, row, column.");
        }

        if (sheet.Origins.Count > 0)
        {
            html.Section("Ties of the program, and ties that rounding made", HtmlDocument.Table(AuditTables.OriginHeadings, AuditTables.Origins(sheet.Origins), small: true), AuditWords.Origins);
        }

        html.Section("What 16 bits would make of each layer's numbers", HtmlDocument.Table(AuditTables.RangeHeadings, AuditTables.Ranges(sheet), small: true), "One batch at the first draw, computed in 32 bits: the share of numbers that binary16 and bfloat16 would turn to infinity, hold with less precision, or turn to 0.");
        if (sheet.Traps.Count > 0)
        {
            html.Section("Traps", HtmlDocument.Table(["node", "kind", "what happens", "mend"], sheet.Traps.Select(t => (string[])[t.Node, t.Kind, t.What, t.Mend])));
        }

        html.Section(
            "How to get these numbers again",
            $"<pre>{HtmlDocument.Text(sheet.Rerun)}</pre>\n",
            $"Subnormal numbers are {(sheet.FlushToZero ? "taken for 0" : "kept")} by this executor. The same command gives the same numbers with the same number of threads.");
        return html.ToString();
    }

    private const string Legend =
        "<p class=\"legend\"><i class=\"saved\"></i>equal <i class=\"forward\"></i>rounding <i class=\"backward\"></i>choice</p>\n";

    private const string NodeLegend = "<p class=\"legend\"><i class=\"forward\"></i>on a kink <i class=\"backward\"></i>blame</p>\n";

    private const string Published =
        "Published, for max pooling's ties, native against minimal, in 32 bits (VGG11, CIFAR-10, batch 128, one draw, 391 batches): 55.2 % of batches in the bifurcation zone in one run, 48.9 % and 48.6 % in the figures; LeNet-5 on MNIST about 1.8 %. In 16 bits 100 %, in 64 bits 0 %.";

    private static string Shares(ChoiceRow choice, IReadOnlyList<ZoneRow> zones) => Figure(BarFigure.Draw(
        $"Zones of {choice.Name} by format",
        [.. zones.Select(z => z.Precision)],
        [new("% of batches", [.. zones.Select(z => new BarFigure.Bar(
            [(z.Equal, "saved"), (z.Compensation, "forward"), (z.Bifurcation, "backward")],
            $"{Numbers.Short(z.Bifurcation, 2)} %",
            $"{z.Precision}: {Numbers.Short(z.Equal, 2)} % equal, {Numbers.Short(z.Compensation, 2)} % rounding, {Numbers.Short(z.Bifurcation, 2)} % choice"))])]));

    private static string Histogram(ChoiceRow choice, IReadOnlyList<ZoneRow> zones)
    {
        var decades = zones.SelectMany(z => z.Decades.Keys).DefaultIfEmpty(0).ToList();
        int[] rows = [.. Enumerable.Range(decades.Min(), decades.Max() - decades.Min() + 1)];
        BarFigure.Bar Bar(int count, string where, string format) => new(
            [(count, "forward")], count == 0 ? "" : count.ToString(CultureInfo.InvariantCulture), $"{format}, {where}: {count} batches");
        return Figure(BarFigure.Draw(
            $"Distances of {choice.Name} by decade",
            ["exactly 0", .. rows.Select(d => $"1e{d} to 1e{d + 1}")],
            [.. zones.Select(z => new BarFigure.Panel(
                z.Precision,
                [Bar(z.Zeros, "exactly 0", z.Precision), .. rows.Select(d => Bar(z.Decades.GetValueOrDefault(d), $"1e{d}", z.Precision))]))]));
    }

    private static string Nodes(AuditSheet sheet) => Figure(BarFigure.Draw(
        "Kinks and blame by node",
        [.. sheet.Layers.Select(l => l.Name)],
        [
            new("% of places on a kink", [.. sheet.Layers.Select(l => new BarFigure.Bar([(l.TiedWindows ?? 0, "forward")], l.TiedWindows is { } t and > 0 ? $"{Numbers.Short(t, 2)} %" : "", $"{l.Name}: {Numbers.Short(l.TiedWindows ?? 0, 3)} % on a kink"))]),
            new("blame, % of the gradient's norm", [.. sheet.Layers.Select(l => new BarFigure.Bar([(l.Blame ?? 0, "backward")], l.Blame is { } b and > 0 ? $"{Numbers.Points(b)} %" : "", $"{l.Name}: {Numbers.Points(l.Blame ?? 0)} % {l.BlameBy}"))]),
        ]));

    private static string Label(ChoiceRow choice) => (choice.Point, choice.Rule) switch
    {
        (_, RuleLabel.NotConservative) => "no conservative rule",
        (PointLabel.Clarke, RuleLabel.Conservative) => "a conservative rule, and a Clarke subgradient of the function where it chooses",
        (PointLabel.Neither, RuleLabel.Conservative) => "a conservative rule, but no Clarke subgradient of the function where it chooses",
        _ => "labelled kink by kink in nonsmooth kinks",
    };

    private static string Figure(string svg) => $"<div class=\"wide\">\n{svg}</div>\n";
}
