using Nonsmooth.Cli.Output;
using Nonsmooth.Selections;

namespace Nonsmooth.Cli.Kinks;

/// <summary>Shows what is nonsmooth in the dictionary, and the catalogue of frameworks.</summary>
internal static class KinkPage
{
    /// <summary>The dictionary first, then the catalogue.</summary>
    public static void Show(KinkReport report, Page page)
    {
        page.Heading("Kinks along one variable: one-sided slopes, and the slope each preset selects");
        page.Table(
            ["function", "kink", ">left", ">right", .. report.Presets.Select(p => ">" + p)],
            report.Kinks.Select(k => (string[])
            [
                k.Attributes is null ? k.Function : $"{k.Function}[{k.Attributes}]",
                k.At,
                Numbers.Short(k.Left),
                Numbers.Short(k.Right),
                .. k.Choices.Select(c => $"{Numbers.Short(c.Slope)}{Mark(c.Point, c.Rule)}"),
            ]));

        page.Heading("Ties among several variables: the gradient each preset selects");
        page.Table(
            ["function", "point", .. report.Presets.Select(p => ">" + p)],
            report.Ties.Select(t => (string[])
                [t.Function, t.At, .. t.Choices.Select(c => Shares(c.Gradient) + Mark(c.Point, c.Rule))]));
        page.Say("Unmarked: a Clarke subgradient of the function. *: outside Clarke's subdifferential, by a conservative rule. !: the rule is not conservative.");

        page.Heading("Not path-differentiable: they jump");
        page.Table(["function", "where"], report.NotPathDifferentiable.Select(j => (string[])[j.Function, j.Where]));
        page.Say("Their derivative is 0 by convention: right almost everywhere, but no conservative derivative exists, so no theorem covers a gradient that passes through one of them; nothing is learned through it, and every report says so.");

        page.Heading("A derivative that is wrong at one point");
        page.Say(report.Zero.Explanation);
        CataloguePage.Show(report.Catalogue, page);
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
