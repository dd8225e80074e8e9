using Nonsmooth.Cli.Output;
using Nonsmooth.Engines.Pages;
using Nonsmooth.Training.Studies;

namespace Nonsmooth.Cli.Audits;

/// <summary>What an audit's page says first.</summary>
internal static class AuditLead
{
    private const string _choice = "a choice that nobody made";

    public static Lead Of(AuditSheet sheet)
    {
        if (sheet.Layers.Count == 0)
        {
            return new($"Nothing was left to choose: {sheet.Network} has a derivative everywhere, so its gradient is what it is.");
        }

        if (sheet.Zones.Count == 0)
        {
            return new(sheet.Interrupted
                ? "Nothing can be said yet: the audit was stopped before any choice was tried."
                : $"No choice that was asked about is one that {sheet.Network} makes, so none of them changes its gradient{Untold(sheet)}.");
        }

        string format = sheet.Zones.Any(z => z.Precision == "f32") ? "f32" : sheet.Zones[0].Precision;
        var zones = sheet.Zones.Where(z => z.Precision == format).ToList();
        string soFar = sheet.Interrupted ? "As far as it came before it was stopped: in" : "In";
        if (zones.Any(z => z.NotFinite > 0))
        {
            return new($"{soFar} {AuditWords.Name(format)}, for {Numbers.Points(zones.Max(z => z.NotFinite))} % of the batches the gradient is not a number, so nobody can tell what it depends on.", Figures(sheet, zones));
        }

        var worst = zones.MaxBy(z => z.Bifurcation)!;
        string what = worst.Bifurcation > 0
            ? $"for {Share(worst)} batches the gradient depends on {_choice}, {sheet.Choices.First(c => c.Name == worst.Choice).Topic}"
            : $"for none of {Numbers.Whole(Pairs(worst))} batches does the gradient depend on {_choice}{Elsewhere(sheet, format)}";
        return new($"{soFar} {AuditWords.Name(format)}, {what}; {Training(sheet)}{Untold(sheet)}.", Figures(sheet, zones));
    }

    // Where the main format has nothing to say, another may.
    private static string Elsewhere(AuditSheet sheet, string format) =>
        sheet.Zones.Where(z => z.Precision != format && z.NotFinite == 0).MaxBy(z => z.Bifurcation) is { Bifurcation: > 0 } zone ? $", but in {AuditWords.Name(zone.Precision)} it does for {Share(zone)}" : "";

    private static string Training(AuditSheet sheet)
    {
        if (sheet.Training.Count == 0)
        {
            return "whether training notices was not tried";
        }

        string pairs = $"{Numbers.Whole(sheet.Training.Max(t => t.Seeds))} pairs of runs in {AuditWords.Name(sheet.Training[0].Precision)}";
        return sheet.Training.Any(t => t.Effect == TrainingEffect.Affected) ? $"training came out differently in {pairs}"
            : sheet.Training.Any(t => t.Effect == TrainingEffect.CannotTell) ? $"whether training notices cannot be told from {pairs}"
            : $"training did not notice in {pairs}";
    }

    private static string Untold(AuditSheet sheet) => sheet.Fixed.Count == 0 ? ""
        : $"; of {Numbers.Whole(sheet.Fixed.Count)} {(sheet.Fixed.Count == 1 ? "node" : "nodes")} nobody can tell";

    private static (string Name, string Value)[] Figures(AuditSheet sheet, List<ZoneRow> zones)
    {
        var worst = zones.MaxBy(z => z.Bifurcation)!;
        var other = sheet.Zones.Where(z => z.Precision != worst.Precision).MaxBy(z => z.Bifurcation);
        var change = sheet.Training.FirstOrDefault(t => t.Choice == worst.Choice) ?? (sheet.Training.Count > 0 ? sheet.Training[0] : null);
        return
        [
            ($"batches that depend on a choice, {AuditWords.Name(worst.Precision)}", Share(worst)),
            other is null ? ("draws of the parameters", Numbers.Whole(worst.ParameterDraws)) : ($"the same, {AuditWords.Name(other.Precision)}", Share(other)),
            change is null ? ("the gradient moves there by, of its length", $"{Numbers.Points(100 * (worst.Bifurcation > 0 ? worst : other ?? worst).MeanRelative)} %")
                : double.IsNaN(change.Accuracy) ? ("change of the test loss by training", Numbers.Short(change.Loss, 4))
                : ("change of test accuracy by training, points", Numbers.Short(change.Accuracy, 2)),
        ];
    }

    private static int Pairs(ZoneRow zone) => zone.ParameterDraws * zone.Batches;

    private static int Depending(ZoneRow zone) => (int)Math.Round(zone.Bifurcation * Pairs(zone) / 100);

    private static string Share(ZoneRow zone) => zone.NotFinite > 0 ? "cannot tell" : $"{Numbers.Whole(Depending(zone))} of {Numbers.Whole(Pairs(zone))}";
}
