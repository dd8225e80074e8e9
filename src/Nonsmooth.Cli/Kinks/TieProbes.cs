using Nonsmooth.Conservativity;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Cli.Kinks;

/// <summary>Points at which functions of several variables tie, and the gradients selected there.</summary>
internal static class TieProbes
{
    private static readonly IReadOnlyList<Probe> _all =
    [
        Tied(2, x => Functions.Maximum(x.Slice(0, 0, 1), x.Slice(0, 1, 2)).Sum()),
        Tied(2, x => Functions.Minimum(x.Slice(0, 0, 1), x.Slice(0, 1, 2)).Sum()),
        Tied(3, x => x.Max()),
        Tied(3, x => x.Min()),
        Tied(4, x => Functions.MaxPool2d(x.Reshape(new Shape(1, 1, 2, 2)), 2).Sum()),
        Tied(3, x => x.CumulativeMaximum().Values.Slice(0, 2, 3).Sum()),
        Tied(3, x => x.Median().Value.Sum()),
        Tied(3, x => x.Sort().Values.Slice(0, 2, 3).Sum()),
        Tied(3, x => x.TopK(1).Values.Sum()),
        Tied(3, x => x.Norm(double.PositiveInfinity)),
        Zero(3, x => x.Norm(2)),
        Zero(4, x => Functions.NormPool2d(x.Reshape(new Shape(1, 1, 2, 2)), 2).Sum()),
    ];

    /// <summary>One row a function.</summary>
    public static IEnumerable<TieRow> Rows(IReadOnlyList<Selection> presets) => _all.Select(probe =>
    {
        var function = probe.Program.Nodes.Select(n => n.Function).First(f => f.Regularity == Regularity.PathDifferentiable);
        string name = function.Attributes.Split(", ").FirstOrDefault(a => a.StartsWith("order=", StringComparison.Ordinal)) is { } order
            ? $"{function.Name}[{order.Replace("Infinity", "∞", StringComparison.Ordinal)}]"
            : function.Name;
        return new TieRow(name, $"({string.Join(", ", probe.Point)})", [.. presets.Select(preset =>
        {
            var gradient = Gradients.At(probe.Program, preset, probe.Point);
            return new GradientChoice(gradient, probe.Label(gradient), Rule(probe.Program, preset));
        })]);
    });

    private static Probe Tied(int count, Func<Variable, Variable> function) =>
        new(Trace(count, function), [.. Enumerable.Repeat(1.0, count)], Shares);

    private static Probe Zero(int count, Func<Variable, Variable> function) =>
        new(Trace(count, function), new double[count], Ball);

    private static Program Trace(int count, Func<Variable, Variable> function) => Program.Trace(function, new Shape(count));

    // By the chain rule; where it does not apply, or a part fails, by trials.
    private static RuleLabel Rule(Program program, Selection selection) =>
        ConservativityTest.Of(program, selection, null, new ConservativityOptions { Points = 0, Loops = 0 }) is { IsProved: true } proved
            ? proved.Label
            : ConservativityTest.Of(program, selection).Label;

    // Clarke's set of a maximum at a tie is the simplex over the tied arguments.
    private static PointLabel Shares(double[] gradient) =>
        TieRule.Custom("probed", (_, i) => gradient[i]).AtPoint(gradient.Length);

    // Clarke's set of the 2-norm at 0 is the unit ball.
    private static PointLabel Ball(double[] gradient) =>
        gradient.Sum(g => g * g) <= 1 ? PointLabel.Clarke : PointLabel.Neither;

    private sealed record Probe(Program Program, double[] Point, Func<double[], PointLabel> Label);
}
