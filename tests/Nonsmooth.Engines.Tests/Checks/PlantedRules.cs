using Nonsmooth.Engines.Judging;

namespace Nonsmooth.Engines.Tests.Checks;

/// <summary>A wrong rule in the place of a right one: what it answers for one spelling at a point.</summary>
internal sealed record PlantedRule(string Name, string Spelling, Func<double[], (double? Value, double[]? Gradient)> Claim, string Expected)
{
    public const string AnotherFunction = "another-function";
    public const string ValueNotFinite = "value-not-finite";
}

/// <summary>The 43 wrong rules of docs/conservativity.md, each behind a spelling of its own.</summary>
internal static class PlantedRules
{
    private const string _outside = nameof(SlopeFinding.Outside);
    private const string _zero = nameof(SlopeFinding.Zero);
    private const string _notFinite = nameof(SlopeFinding.NotFinite);

    public static IReadOnlyList<PlantedRule> All { get; } =
    [
        // Extremes.
        Of("sum of tied gradients", "max", x => Each(x, v => v == x.Max() ? 1 : 0), _outside),
        Of("sum of tied gradients, two", "maximum.xy", x => x[0] == x[1] ? [1, 1] : [x[0] > x[1] ? 1 : 0, x[1] > x[0] ? 1 : 0], _outside),
        Of("no tied gradient", "max.amax", x => Each(x, v => v == x.Max() && x.Count(u => u == v) == 1 ? 1 : 0), _outside),
        Of("a quarter of a unique maximum", "max.axis", x => Each(x, v => v == x.Max() ? 0.25 : 0), _outside),
        Of("a quarter of a tied maximum", "max.cummax_last", x => Each(x, v => v == x.Max() ? x.Count(u => u == v) > 1 ? 0.25 : 1 : 0), _outside),
        Of("a share for everyone", "max.fold", x => Each(x, _ => 0.2), _outside),
        Of("the minimum's gradient", "max.sort_last", x => Each(x, v => v == x.Min() ? 1 : 0), _outside),
        Of("minimum with a sign", "min", x => Each(x, v => v == x.Min() ? -1 : 0), _outside),
        Of("overshooting tie", "max.neg_min_neg", x => x.Count(v => v == x.Max()) == 3 ? Each(x, (v, i) => v == x.Max() ? i == Array.IndexOf(x, v) ? 2 : -0.5 : 0) : Each(x, v => v == x.Max() ? 1.0 / x.Count(u => u == v) : 0), _outside),
        Of("share of one that is not tied", "max.sort_descending", x => x.Count(v => v == x.Max()) > 1 ? Each(x, _ => 0.2) : Each(x, v => v == x.Max() ? 1 : 0), _outside),
        Of("smaller half of the sort", "sum_top2.sort", x => Each(x, v => v <= Ranked(x, 1) ? 1 : 0), _outside),
        Of("median of another rank", "second_largest.sort", x => Each(x, v => v == Ranked(x, 1) ? 1.0 / x.Count(u => u == v) : 0), _outside),
        Of("median counted twice", "median.sort", x => Each(x, v => v == Ranked(x, 2) ? 1 : 0), _outside),
        Of("running maximum of the first", "ptp.max_plus_max", _ => [1, 0, 0, 0, 0], _outside),

        // Values.
        new("value returned unclamped", "clip", x => (x[0], [Math.Abs(x[0]) < 1 ? 1 : 0]), PlantedRule.AnotherFunction),
        new("identity for hardtanh", "clip.abs", x => (x[0], [1]), PlantedRule.AnotherFunction),
        new("value one step off", "floor", x => (Math.Ceiling(x[0]), [0]), PlantedRule.AnotherFunction),
        new("value is NaN", "abs", x => (x[0] == 0 ? double.NaN : Math.Abs(x[0]), [Math.Sign(x[0])]), PlantedRule.ValueNotFinite),
        new("softplus overflows", "softplus", x => (x[0] > 100 ? double.PositiveInfinity : null, null), PlantedRule.ValueNotFinite),

        // Bounds.
        Of("wrong side at a bound", "clip01", x => [x[0] > 0 && x[0] <= 1.05 ? 1 : 0], _outside),
        Of("slope beyond a bound", "clip01.relus", _ => [1], _outside),
        Of("negative slope at a bound", "clip01.min_max", x => [x[0] == 1 ? -1 : x[0] > 0 && x[0] < 1 ? 1 : 0], _outside),
        Of("both bounds' slopes", "clip01.abs", x => [x[0] == 0 ? 2 : x[0] > 0 && x[0] < 1 ? 1 : 0], _outside),
        Of("slope dropped inside", "relu6", _ => [0], _zero),
        Of("straight through", "round", _ => [1], _outside),
        Of("sign's slope", "step.where", x => [x[0] > 0 ? 1 : 0], _outside),

        // Kinks of one variable.
        Of("relu's slope 2 at 0", "relu", x => [x[0] == 0 ? 2 : x[0] > 0 ? 1 : 0], _outside),
        Of("relu passes below 0", "relu.relu", _ => [1], _outside),
        Of("abs without sign", "abs.fabs", _ => [1], _outside),
        Of("abs with slope 3 at 0", "abs.relu_sum", x => [x[0] == 0 ? 3 : Math.Sign(x[0])], _outside),
        Of("leaky slope lost", "leaky_relu", x => [x[0] > 0 ? 1 : 0], _zero),
        Of("leaky slopes added", "leaky_relu.relus", x => [x[0] > 0 ? 1 : x[0] < 0 ? 0.1 : 1.2], _outside),
        Of("elu's slope is its value", "elu", x => [x[0] > 0 ? 1 : Math.Exp(x[0]) - 1], _outside),
        Of("relu(x) - relu(-x) at 0", "identity.relu_minus_relu", x => [x[0] == 0 ? 0 : 1], nameof(SlopeFinding.Conservative)),
        Of("hinge on the wrong side", "relu.hinge", x => [x[0] > 1 ? -1 : 0], _outside),

        // Norms and roots.
        Of("NaN at a root's 0", "root_of_abs", x => [x[0] / Math.Abs(x[0]) / (2 * Math.Sqrt(Math.Abs(x[0]) + 1))], _notFinite),
        Of("NaN behind a mask", "relu.squared", x => [(x[0] > 0 ? 1 : 0) * 2 * x[0] * Math.Sqrt(x[0]) / Math.Sqrt(x[0])], _notFinite),
        Of("threes at a norm's 0", "norm.2", x => Array.TrueForAll(x, v => v == 0) ? [3, 3, 3, 3, 3] : Each(x, v => v / Math.Sqrt(x.Sum(u => u * u))), _outside),
        Of("norm not normalised", "norm.2_of_abs", x => x, _outside),
        Of("square of a norm", "norm.1_sum_abs", x => Each(x, v => 2 * v), _outside),

        // Smooth mistakes.
        Of("a lost factor", "pow.two", x => [x[0]], _outside),
        Of("a swapped pair", "sub.max_tie_cancel_xy", _ => [0, 1], _outside),
        Of("a small error", "tanh", x => [(1 - (Math.Tanh(x[0]) * Math.Tanh(x[0]))) * (1 + 1e-4)], _outside),
    ];

    private static PlantedRule Of(string name, string spelling, Func<double[], double[]> gradient, string expected) =>
        new(name, spelling, x => (null, gradient(x)), expected);

    private static double[] Each(double[] x, Func<double, double> slope) => [.. x.Select(slope)];

    private static double[] Each(double[] x, Func<double, int, double> slope) => [.. x.Select(slope)];

    private static double Ranked(double[] x, int rank) => x.Order().ElementAt(rank);
}
