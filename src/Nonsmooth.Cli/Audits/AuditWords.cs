using Nonsmooth.Cli.Output;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Reliability.Statistics;
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
            return [$"No choice that was asked for is made by a node of {sheet.Network}: both selections take the same derivative everywhere.", .. Fixed(sheet), .. Traps(sheet)];
        }

        string[] stopped = sheet.Interrupted ? ["Interrupted: what follows was finished before."] : [];
        return [.. stopped, .. sheet.Choices.SelectMany(c => Choice(sheet, c)), .. Made(sheet), .. Fixed(sheet), .. Traps(sheet)];
    }

    public static string What(AuditSheet sheet) =>
        $"Where a function has no derivative, backprop takes one of several. Each choice below was made otherwise, everything else the same, over {Draws(sheet.Zones[0])} of the parameters ({sheet.Init}) and {Count(sheet.Zones[0].Batches)} of {sheet.Batch} for each.";

    public static string Zones(AuditSheet sheet) =>
        "Equal: the same numbers. Rounding (compensation zone): different as rounding makes them. Choice (bifurcation zone): different beyond that, given the decisions of the format. "
        + (sheet.Replayed
            ? "Told apart by replaying both backprops in 64 bits with the decisions of the low precision: it tests whether they differ beyond 64-bit rounding given those, not what the program over the reals decides. The published and the calibrated thresholds are beside."
            : "Told apart by the threshold calibrated on this network, or the published one where the control changed nothing; without replay that is less sure.")
        + $" Percentages are of {sheet.Zones[0].Estimand}: {sheet.Zones[0].Independence}."
        + (sheet.Zones.Any(z => z.Interval is not null) ? " Intervals are 95 %, each format by itself." : "");

    public static string Origins =>
        "On the first batches at the first draw, the same parameters and data in the format and in 64 bits, place by place. In 64 bits too: ties of the program, as far as 64-bit arithmetic can tell; made by rounding: ties that the format has and 64 bits have not; lost: the other way about.";

    public static string Layers =>
        "On a kink: places of the node's result whose input is exactly where the function has no derivative. Reached: those that a nonzero cotangent reaches, counted at the first draw in 32 bits. Blame: how far the gradient moves, in percent of its norm, when this node alone chooses otherwise, on the first batches that depend on the choice.";

    private static IEnumerable<string> Fixed(AuditSheet sheet) => sheet.Fixed.Count == 0 ? [] :
    [
        $"Cannot tell of {sheet.Fixed.Count} {(sheet.Fixed.Count == 1 ? "node" : "nodes")} at whose kinks nobody can choose otherwise: "
        + $"{string.Join("; ", sheet.Fixed.Take(6).Select(f => $"{f.Node} ({f.Function}, {f.Where})"))}{(sheet.Fixed.Count > 6 ? "; …" : "")}.",
    ];

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
                ? $"In {Name(zone.Precision)} none of them does."
                : $"In {Name(zone.Precision)} {(zone.Bifurcation == 100 ? "all of them do" : $"{Share(zone.Bifurcation)} do")}, and the gradient moves by {Moved(zone)} of its norm.";
        }
    }

    private static IEnumerable<string> NotFinite(IEnumerable<ZoneRow> zones) => zones.Where(z => z.NotFinite > 0).Select(z =>
        $"In {Name(z.Precision)} the gradient is NaN or infinite in {Share(z.NotFinite)} of the batches run: nothing can be said of choices there; nonsmooth diverge names the first node that differs from 32 bits.");

    private static string Headline(ChoiceRow choice, ZoneRow zone, string? most)
    {
        int pairs = zone.ParameterDraws * zone.Batches;
        string where = $"{Count(pairs)} at {Draws(zone)} of the parameters";
        string share = zone.Bifurcation == 0 ? "none depends" : $"{Share(zone.Bifurcation)} depend{(pairs == 1 ? "s" : "")}";
        string sentence = $"In {Name(zone.Precision)}, of {where}, {share} on {choice.Topic} ({choice.Sides}): {Extent(zone)}";
        return zone.Bifurcation == 0
            ? $"{sentence}. " + (zone.Compensation > 0 ? $"{(zone.Compensation == 100 ? "All" : Share(zone.Compensation))} of the gradients differ as rounding makes them." : "The gradients are the same numbers.")
            : $"{sentence}{(most is null ? "" : $", most through {most}")}. There the gradient moves by {Moved(zone)} of its norm.";
    }

    /// <summary>How far what was counted holds beyond what was run.</summary>
    private static string Extent(ZoneRow zone)
    {
        bool given = zone.ParameterDraws == 1;
        string all = given ? $"of all {zone.Population} batches of the data, at these parameters," : "over all draws and batches of the data";
        return zone.Exact ? "these are all batches of the data, so at these parameters that is exact"
            : zone.Interval is { } ends ? $"{all} {Numbers.Short(ends[0], 1)} to {Numbers.Short(ends[1], 1)} %, with 95 % confidence"
            : $"no interval, fewer than {EstimatedShare.Least} {(given ? "batches" : "draws")}";
    }

    private static string Training(TrainingRow row)
    {
        string tried = $"{row.Seeds} pairs of runs of {row.Steps} steps from scratch in {Name(row.Precision)}";
        string lost = $"{row.NotFinite[0]} runs meet NaN as it is and {row.NotFinite[1]} with the other choice";
        string change = $"{(double.IsNaN(row.Accuracy) ? $"test loss moves by {Signed(row.Loss)}" : $"test accuracy moves by {Signed(row.Accuracy)} points")} in the mean ({(row.Interval is { } i ? $"95 % interval {Signed(i[0])} to {Signed(i[1])}" : "no interval, fewer than 6 pairs")})";
        return row.Effect switch
        {
            TrainingEffect.Unaffected => $"Training is unaffected as far as {tried} can tell: {change}.",
            TrainingEffect.CannotTell => $"Whether training is affected cannot be told from {tried}: {(row.Interval is null && row.NotFinite.Sum() == 0 ? change : lost)}.",
            _ => $"Training is affected: over {tried}, {(row.NotFinite[0] != row.NotFinite[1] ? lost : change)}.",
        };
    }

    private static IEnumerable<string> Traps(AuditSheet sheet) => [.. sheet.Traps.Select(t => $"Trap at {t.Node}: {t.What} {t.Mend}"), .. Untold(sheet)];

    private static IEnumerable<string> Untold(AuditSheet sheet) => sheet.Untold.Count == 0 ? [] :
    [
        $"The lint for traps cannot tell of {sheet.Untold.Count} {(sheet.Untold.Count == 1 ? "node, whose function says nothing of itself" : "nodes, whose functions say nothing of themselves")}: "
        + $"{string.Join("; ", sheet.Untold.Take(6).Select(u => $"{u.Node} ({u.Function})"))}{(sheet.Untold.Count > 6 ? "; …" : "")}.",
    ];

    private static string? Most(AuditSheet sheet, ChoiceRow choice, ZoneRow zone) => sheet.Layers
        .Where(l => l.BlameBy is not null && l.BlameBy.StartsWith(choice.Name + ",", StringComparison.Ordinal) && l.BlameBy.EndsWith(zone.Precision, StringComparison.Ordinal) && choice.Nodes.Contains(l.Name))
        .Where(_ => zone.Bifurcation > 0)
        .MaxBy(l => l.Blame)?.Name;

    private static IEnumerable<string> Made(AuditSheet sheet) => sheet.Origins.Where(o => o.Node == "total" && o.Made > 0).Select(o =>
        $"In {Name(o.Precision)} {Numbers.Points(100.0 * o.Made / (o.Kept + o.Made))} % of the ties are made by rounding: the same parameters and data do not tie there in 64 bits.");

    private static string Draws(ZoneRow zone) => zone.ParameterDraws == 1 ? "1 draw" : $"{zone.ParameterDraws} draws";

    private static string Count(int batches) => batches == 1 ? "1 batch" : $"{batches} batches";

    private static string Moved(ZoneRow zone) => $"{Numbers.Points(100 * zone.MeanRelative)} %";

    private static string Share(double percent) => percent switch
    {
        0 => "none",
        100 => "all",
        _ => $"{Numbers.Points(percent)} %",
    };

    private static string Signed(double points) => (points > 0 ? "+" : "") + Numbers.Short(points, 2);

    /// <summary>A format in words.</summary>
    public static string Name(string format) => Formats.Words(Precisions.All.First(p => p.Name() == format));
}
