using Nonsmooth.Answers;
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
        Zero(3, x => x.VectorNorm(3, false)),
        Edge(x => Functions.GridSample(x.Builder.Constant(Tensor.Of(new Shape(1, 1, 3), [1.0, 0, 1])), x.Reshape(new Shape(1, 1, 1)), alignCorners: true).Sum()),
        Edge(x => (x.Builder.Apply(new GridScatter(new(GridMode.Linear, GridPadding.Zeros, true), [0], [3]), x.Builder.Constant(Tensor.Of(new Shape(1, 1, 1), [1.0])), x.Reshape(new Shape(1, 1, 1)))
            * x.Builder.Constant(Tensor.Of(new Shape(1, 1, 3), [1.0, 0, 1]))).Sum()),
        Zero(4, x => Functions.NormPool2d(x.Reshape(new Shape(1, 1, 2, 2)), 2).Sum()),
    ];

    /// <summary>One row a function.</summary>
    public static IEnumerable<TieRow> Rows(IReadOnlyList<Selection> presets) => _all.Concat(Others()).Select(probe =>
    {
        var function = Kinked(probe.Program);
        string name = function.Attributes.Split(", ").FirstOrDefault(a => a.StartsWith("order=", StringComparison.Ordinal)) is { } order
            ? $"{function.Name}[{order.Replace("Infinity", "∞", StringComparison.Ordinal)}]"
            : function.Name;
        return new TieRow(name, $"({string.Join(", ", probe.Point)})", [.. presets.Select(preset =>
        {
            var gradient = Gradients.At(probe.Program, preset, probe.Point);
            return new GradientChoice(gradient, probe.Label?.Invoke(gradient) ?? Checked(probe, preset), Rule(probe.Program, preset));
        })]);
    });

    private static ElementaryFunction Kinked(Program program) =>
        program.Nodes.Select(n => n.Function).First(f => f.Regularity == Regularity.PathDifferentiable);

    // Functions of several variables that read a key and are in no row above, where all their arguments are 1; the library's own check labels them.
    private static IEnumerable<Probe> Others()
    {
        var shown = _all.Select(p => Kinked(p.Program).Name).ToHashSet(StringComparer.Ordinal);
        return StandardDictionary.Rows
            .Where(r => r.Function is IScalarFunction and not IUnaryFunction && r.Function.Keys.Count > 0 && shown.Add(r.Function.Name))
            .Select(r => Tied(r.Arguments.Count, x => x.Builder.Apply(r.Function, [.. r.Arguments.Select((_, i) => x.Slice(0, i, i + 1))]).Sum()) with { Label = null });
    }

    private static PointLabel Checked(Probe probe, Selection selection) =>
        GradientCheck.Of(probe.Program, [probe.Point], new GradientCheckOptions { Selection = selection }).Label;

    private static Probe Tied(int count, Func<Variable, Variable> function) =>
        new(Trace(count, function), [.. Enumerable.Repeat(1.0, count)], Shares);

    private static Probe Zero(int count, Func<Variable, Variable> function) =>
        new(Trace(count, function), new double[count], Ball);

    // The absolute value of a location, as it is between three elements.
    private static Probe Edge(Func<Variable, Variable> function) =>
        new(Trace(1, function), [0], gradient => Math.Abs(gradient[0]) <= 1 ? PointLabel.Clarke : PointLabel.Neither);

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

    private sealed record Probe(Program Program, double[] Point, Func<double[], PointLabel>? Label);
}
