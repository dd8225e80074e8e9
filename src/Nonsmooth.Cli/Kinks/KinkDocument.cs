using Nonsmooth.Cli.Documents;
using Nonsmooth.Cli.Output;
using Nonsmooth.Selections;

namespace Nonsmooth.Cli.Kinks;

/// <summary>What is nonsmooth in the dictionary, and the catalogue of frameworks, as a report.</summary>
internal static class KinkDocument
{
    /// <summary>The dictionary first, then the catalogue.</summary>
    public static Document Of(KinkReport report)
    {
        var document = new Document(report);
        document.Section("Kinks along one variable: one-sided slopes, and the slope each preset selects").Table(
            report.Kinks,
            [
                (Column.Text("function"), k => k.Attributes is null ? k.Function : $"{k.Function}[{k.Attributes}]"),
                (Column.Text("kink"), k => k.At),
                (Column.Short("left"), k => k.Left),
                (Column.Short("right"), k => k.Right),
                .. report.Presets.Select((p, i) => (Column.Right(p) with { Priority = i == 0 ? 1 : 0 }, (Func<SlopeRow, object?>)(k => $"{Numbers.Short(k.Choices[i].Slope)}{Mark(k.Choices[i].Point, k.Choices[i].Rule)}"))),
            ]);
        document.Section("Ties among several variables: the gradient each preset selects")
            .Table(
                report.Ties,
                [
                    (Column.Text("function"), t => t.Function),
                    (Column.Text("point"), t => t.At),
                    .. report.Presets.Select((p, i) => (Column.Right(p) with { Priority = i == 0 ? 1 : 0 }, (Func<TieRow, object?>)(t => Shares(t.Choices[i].Gradient) + Mark(t.Choices[i].Point, t.Choices[i].Rule)))),
                ])
            .Say("Unmarked: a Clarke subgradient of the function. *: outside Clarke's subdifferential, by a conservative rule. !: the rule is not conservative.");
        document.Section("Not path-differentiable: they jump")
            .Table(report.NotPathDifferentiable, (Column.Text("function"), j => j.Function), (Column.Text("where"), j => j.Where))
            .Say("Their derivative is 0 by convention: right almost everywhere, but no conservative derivative exists, so no theorem covers a gradient that passes through one of them; nothing is learned through it, and every report says so.");
        document.Section("Keys of selection: what decides at kinks, and what each preset takes").Add(KeyRow.Table(report.Keys, report.Presets));
        document.Section("A derivative that is wrong at one point").Say(report.Zero.Explanation);
        return CatalogueDocument.AddTo(document, report.Catalogue);
    }

    private static string Shares(IReadOnlyList<double> gradient) =>
        gradient.All(g => Math.Abs(g - (1.0 / gradient.Count)) < 1e-12) ? $"1/{gradient.Count} each"
            : gradient.All(double.IsNaN) ? "NaN each"
            : $"({string.Join(", ", gradient.Select(g => Numbers.Short(g)))})";

    private static string Mark(PointLabel point, RuleLabel rule) => (point, rule) switch
    {
        (_, RuleLabel.NotConservative or RuleLabel.Untested) => " !",
        (PointLabel.Neither, _) => " *",
        _ => "",
    };
}
