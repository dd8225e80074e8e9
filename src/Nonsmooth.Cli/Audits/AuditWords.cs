using Nonsmooth.Cli.Output;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Training.Studies;

namespace Nonsmooth.Cli.Audits;

/// <summary>What an audit found, in sentences for someone who has not read the theory.</summary>
internal static class AuditWords
{
    public static string Title(AuditSheet sheet) => $"Does the gradient of {sheet.Network} on {sheet.Data} depend on arbitrary choices?";

    public static IReadOnlyList<string> Verdict(AuditSheet sheet)
    {
        if (sheet.Layers.Count == 0)
        {
            return [$"No: {sheet.Network} is differentiable everywhere. No node has a kink, so there is no choice that its gradient could depend on.", .. Traps(sheet)];
        }

        if (sheet.Choices.Count == 0 && sheet.Interrupted)
        {
            return ["Interrupted before any choice was tested in any format."];
        }

        if (sheet.Choices.Count == 0)
        {
            return [$"No choice that was asked for is made by a node of {sheet.Network}: both selections take the same derivative everywhere.", .. Traps(sheet)];
        }

        string[] stopped = sheet.Interrupted ? ["Interrupted: what follows was finished before."] : [];
        return [.. stopped, .. sheet.Choices.SelectMany(c => Choice(sheet, c)), .. Traps(sheet)];
    }

    public static string What(AuditSheet sheet) =>
        $"Where a function has no derivative, backprop takes one of several. Each choice below was made otherwise, everything else the same, over {sheet.Zones[0].ParameterDraws} draws of the parameters ({sheet.Init}) and {sheet.Zones[0].Batches} batches of {sheet.Batch}.";

    public static string Zones(AuditSheet sheet) =>
        "Equal: the same bits. Rounding (compensation zone): the sums are the same numbers added in another order. Choice (bifurcation zone): the gradient is another one, whatever the arithmetic. "
        + (sheet.Replayed
            ? "Told apart by replaying both backprops in 64 bits with the decisions of the low precision; the published and the calibrated thresholds are beside."
            : "Told apart by the threshold calibrated on this network, or the published one where the control changed nothing; without replay that is less sure.")
        + " Intervals are 95 %: the first takes pairs of a draw and a batch as independent (Clopper and Pearson), the second allows for what pairs of one draw and of one batch share (McDiarmid).";

    public static string Layers =>
        "On a kink: places of the node's result whose input is exactly where the function has no derivative. Reached: those that a nonzero cotangent reaches, counted at the first draw in 32 bits. Blame: how far the gradient moves, in percent of its norm, when this node alone chooses otherwise, on the first batches that depend on the choice.";

    private static IEnumerable<string> Choice(AuditSheet sheet, ChoiceRow choice)
    {
        var zones = sheet.Zones.Where(z => z.Choice == choice.Name).ToList();
        var main = zones.FirstOrDefault(z => z.Precision == "f32") ?? zones[0];
        if (main.NotFinite == 0)
        {
            yield return Headline(choice, main, Most(sheet, choice, main));
        }

        foreach (string line in NotFinite(zones))
        {
            yield return line;
        }

        if (sheet.Training.FirstOrDefault(t => t.Choice == choice.Name) is { } training)
        {
            yield return Training(training);
        }

        foreach (var zone in zones.Where(z => z != main))
        {
            if (zone.NotFinite > 0)
            {
                continue;
            }

            yield return zone.Bifurcation == 0
                ? $"In {Name(zone.Precision)} none does."
                : $"In {Name(zone.Precision)} {(zone.Bifurcation == 100 ? "all do" : $"{Share(zone.Bifurcation)} do")}, and the gradient moves by {Moved(zone)} of its norm.";
        }
    }

    private static IEnumerable<string> NotFinite(IEnumerable<ZoneRow> zones) => zones.Where(z => z.NotFinite > 0).Select(z =>
        $"In {Name(z.Precision)} the gradient is NaN or infinite in {Share(z.NotFinite)} of the batches: nothing can be said of choices there; nonsmooth diverge names the first node that differs from 32 bits.");

    private static string Headline(ChoiceRow choice, ZoneRow zone, string? most)
    {
        int pairs = zone.ParameterDraws * zone.Batches;
        string of = $"{zone.ParameterDraws} draw{(zone.ParameterDraws == 1 ? "" : "s")} of the parameters × {zone.Batches} batch{(zone.Batches == 1 ? "" : "es")}";
        string format = Name(zone.Precision);
        string topic = $"{choice.Topic} ({choice.Sides})";
        if (zone.Bifurcation == 0)
        {
            return $"In {format} none of {Count(pairs)} depends on {topic}; it is at most {Numbers.Short(zone.Interval[1], 1)} % of all, with 95 % confidence ({of}). "
                + (zone.Compensation > 0 ? $"{(zone.Compensation == 100 ? "All" : Share(zone.Compensation))} of the gradients differ in their last digits, by rounding." : "The gradients have the same bits.");
        }

        return $"In {format} {Share(zone.Bifurcation)} of your batches depend on {topic}: {Math.Round(zone.Bifurcation * pairs / 100)} of {pairs} ({of}), 95 % interval {Numbers.Short(zone.Interval[0], 1)} to {Numbers.Short(zone.Interval[1], 1)} %"
            + (most is null ? "" : $", most through {most}") + $". There the gradient moves by {Moved(zone)} of its norm.";
    }

    private static string Training(TrainingRow row)
    {
        string tried = $"{row.Seeds} pairs of runs of {row.Steps} steps from scratch in {Name(row.Precision)}";
        string lost = $"{row.NotFinite[0]} runs meet NaN as it is and {row.NotFinite[1]} with the other choice";
        string change = $"test accuracy moves by {Signed(row.Accuracy)} points (95 % interval {Signed(row.Interval[0])} to {Signed(row.Interval[1])})";
        return row.Effect switch
        {
            TrainingEffect.Unaffected => $"Training is unaffected as far as {tried} can tell: {change}.",
            TrainingEffect.CannotTell => $"Whether training is affected cannot be told from {tried}: {lost}.",
            _ => $"Training is affected: over {tried}, {(row.NotFinite[0] != row.NotFinite[1] ? lost : change)}.",
        };
    }

    private static IEnumerable<string> Traps(AuditSheet sheet) => sheet.Traps.Select(t => $"Trap at {t.Node}: {t.What} {t.Mend}");

    private static string? Most(AuditSheet sheet, ChoiceRow choice, ZoneRow zone) => sheet.Layers
        .Where(l => l.BlameBy is not null && l.BlameBy.StartsWith(choice.Name + ",", StringComparison.Ordinal) && l.BlameBy.EndsWith(zone.Precision, StringComparison.Ordinal) && choice.Nodes.Contains(l.Name))
        .Where(_ => zone.Bifurcation > 0)
        .MaxBy(l => l.Blame)?.Name;

    private static string Count(int batches) => batches == 1 ? "1 batch" : $"{batches} batches";

    private static string Moved(ZoneRow zone) => $"{Numbers.Points(100 * zone.MeanRelative)} %";

    private static string Share(double percent) => percent switch
    {
        0 => "none",
        100 => "all",
        _ => $"{Numbers.Points(percent)} %",
    };

    private static string Signed(double points) => (points > 0 ? "+" : "") + Numbers.Short(points, 2);

    private static string Name(string format) => Formats.Words(Precisions.All.First(p => p.Name() == format));
}
