using System.Globalization;
using Nonsmooth.Cli.Output;

namespace Nonsmooth.Cli.Audits;

/// <summary>The tables of an audit, for a terminal and for a browser.</summary>
internal static class AuditTables
{
    public static string[] ZoneHeadings { get; } =
        ["choice", "format", ">equal %", ">rounding %", ">choice %", ">95 % interval", ">draws affected", ">published τ %", ">calibrated τ %", ">largest Σ‖·‖∞", ">M", ">Q"];

    public static IEnumerable<string[]> Zones(AuditSheet sheet) => sheet.Zones.Select(z => (string[])
    [
        z.Choice, z.Precision, Percent(z.Equal), Percent(z.Compensation), Percent(z.Bifurcation), z.Exact ? "exact" : Interval(z.Interval), $"{z.AffectedDraws} of {z.ParameterDraws}",
        z.Published is { } p ? Percent(p) : "–", z.Calibrated is { } c ? Percent(c) : "–", Tiny(z.LargestInfinity), Numbers.Whole(z.ParameterDraws), Numbers.Whole(z.Batches),
    ]);

    public static string[] LayerHeadings { get; } = ["node", "function", ">on a kink %", ">reached %", ">blame %", "by"];

    public static IEnumerable<string[]> Layers(AuditSheet sheet) => sheet.Layers.Select(l => (string[])
    [
        l.Name, l.Function, l.TiedWindows is { } t ? Percent(t) : "–", l.Active is { } a ? Percent(a) : "–", l.Blame is { } b ? Numbers.Points(b) : "–", l.BlameBy ?? "",
    ]);

    public static string[] TrainingHeadings { get; } = ["choice", "format", ">pairs", ">steps", ">accuracy, points", ">95 % interval", ">Σ‖θ − θ'‖₁", ">NaN as is", ">NaN otherwise"];

    public static IEnumerable<string[]> Training(AuditSheet sheet) => sheet.Training.Select(t => (string[])
    [
        t.Choice, t.Precision, Numbers.Whole(t.Seeds), Numbers.Whole(t.Steps), Numbers.Short(t.Accuracy, 2),
        t.Interval is { } i ? $"{Numbers.Short(i[0], 2)} to {Numbers.Short(i[1], 2)}" : "–", Numbers.Digits(t.Weights, 2), Numbers.Whole(t.NotFinite[0]), Numbers.Whole(t.NotFinite[1]),
    ]);

    public static string[] ReplayHeadings { get; } = ["choice", "format", ">agrees with τ %", ">largest rounding", ">smallest choice"];

    public static IEnumerable<string[]> Replay(AuditSheet sheet) => sheet.Zones.Where(z => z.LargestRounding is not null || z.SmallestChoice is not null).Select(z => (string[])
    [
        z.Choice, z.Precision, z.Agreement is { } a ? Percent(a) : "–", z.LargestRounding is { } r ? Tiny(r) : "–", z.SmallestChoice is { } c ? Tiny(c) : "–",
    ]);

    public static string[] TieHeadings { get; } = ["node", ">batch", ">at", ">tied value", ">cotangent"];

    public static IEnumerable<string[]> Ties(AuditSheet sheet) => sheet.Ties.Select(t => (string[])
        [t.Node, Numbers.Whole(t.Batch), string.Join(", ", t.At), Numbers.Digits(t.Value), Numbers.Digits(t.Cotangent)]);

    public static string[] OriginHeadings { get; } = ["node", "format", ">places", ">ties", ">in 64 bits too", ">made by rounding", ">lost by rounding"];

    public static IEnumerable<string[]> Origins(IEnumerable<OriginRow> rows) => rows.Select(o => (string[])
        [o.Node, o.Precision, Numbers.Whole(o.Places), Numbers.Whole(o.Kept + o.Made), Numbers.Whole(o.Kept), Numbers.Whole(o.Made), Numbers.Whole(o.Lost)]);

    public static string[] RangeHeadings { get; } =
        ["layer", "pass", ">largest", ">f16 overflow %", ">subnormal %", ">to 0 %", ">bf16 overflow %", ">subnormal %", ">to 0 %"];

    public static IEnumerable<string[]> Ranges(AuditSheet sheet) => sheet.Ranges.Select(r => (string[])
    [
        r.Layer, r.Pass, Tiny(r.Largest), Percent(r.Overflow[0]), Percent(r.Subnormal[0]), Percent(r.Underflow[0]),
        Percent(r.Overflow[1]), Percent(r.Subnormal[1]), Percent(r.Underflow[1]),
    ]);

    public static string Csv(AuditSheet sheet)
    {
        string Row(ZoneRow z) => string.Create(
            CultureInfo.InvariantCulture,
            $"{Output.Csv.Field(sheet.Network)},{Output.Csv.Field(sheet.Data)},{sheet.Batch},{Output.Csv.Field(z.Choice)},{z.Precision},{z.Equal:R},{z.Compensation:R},{z.Bifurcation:R},{z.Interval?[0]:R},{z.Interval?[1]:R},{z.ParameterDraws},{z.Batches},{z.Published:R},{z.Calibrated:R},{z.Threshold:R},{z.MeanRelative:R},{z.LargestInfinity:R},{z.Population},{z.AffectedDraws},{Output.Csv.Field(z.Estimand)}\n");
        return "network,data,batch,choice,precision,equal,compensation,bifurcation,low,high,parameter_draws,batches,published,calibrated,threshold,mean_relative,largest_sum_infinity,population,affected_draws,estimand\n"
            + string.Concat(sheet.Zones.Select(Row));
    }

    private static string Percent(double percent) => Numbers.Short(percent, 2);

    private static string Interval(double[]? ends) => ends is null ? "–" : $"{Numbers.Short(ends[0], 1)} to {Numbers.Short(ends[1], 1)}";

    private static string Tiny(double number) => number == 0 ? "0" : number.ToString("0.0e-0", CultureInfo.InvariantCulture);
}
