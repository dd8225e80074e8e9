namespace Nonsmooth.Tests.Answers;

/// <summary>Functions with a wrong rule for value or gradient, each at a point where it is wrong.</summary>
internal static class WrongRules
{
    private static readonly double[] _tied = [1, 1, 1, 0];
    private static readonly double[] _apart = [1, 3, 2, 0];

    public static IReadOnlyList<WrongRule> All { get; } =
    [
        // Extrema.
        Of("sum of tied gradients", x => x.Max(), x => Each(x, v => v == x.Max() ? 1 : 0), _tied),
        Of("sum of tied gradients, two", x => Math.Max(x[0], x[1]), x => x[0] == x[1] ? [1, 1] : [x[0] > x[1] ? 1 : 0, x[1] > x[0] ? 1 : 0], 2, 2),
        Of("no tied gradient", x => x.Max(), x => Each(x, v => v == x.Max() && x.Count(u => u == v) == 1 ? 1 : 0), _tied),
        Of("a quarter of a unique maximum", x => x.Max(), x => Each(x, v => v == x.Max() ? 0.25 : 0), _apart),
        Of("a quarter of a tied maximum", x => x.Max(), x => Each(x, v => v == x.Max() ? 0.25 : 0), _tied),
        Of("a share for everyone", x => x.Max(), x => Each(x, _ => 0.25), _apart),
        Of("the minimum's gradient", x => x.Max(), x => Each(x, v => v == x.Min() ? 1 : 0), _apart),
        Of("minimum with a sign", x => x.Min(), x => Each(x, v => v == x.Min() ? -1 : 0), _apart),
        Of("overshooting tie", x => x.Max(), x => x[0] == x[1] && x[1] == x[2] && x[0] == x.Max() ? [2, -0.5, -0.5, 0] : Each(x, v => v == x.Max() ? 1.0 / x.Count(u => u == v) : 0), _tied) with { Rule = RuleLabel.Conservative },
        Of("share of one that is not tied", x => x.Max(), x => [1.0 / 4, 1.0 / 4, 1.0 / 4, 1.0 / 4], _tied),
        Of("smaller half of the sort", x => Ranked(x, 3) + Ranked(x, 2), x => Each(x, v => v <= Ranked(x, 1) ? 1 : 0), _apart),
        Of("median of another rank", x => Ranked(x, 1), x => Each(x, v => v == Ranked(x, 2) ? 1 : 0), _apart),
        Of("median counted twice", x => Ranked(x, 1), x => Each(x, v => v == 1 ? 1 : 0), 1, 1, 2, 0),
        Of("running maximum of the first", x => Math.Max(x[0], x[1]) + Math.Max(Math.Max(x[0], x[1]), x[2]), x => [2, 0, 0], 1, 3, 2),

        // Values.
        new("value returned unclamped", x => Math.Clamp(x[0], -1, 1), x => (x[0], [0]), [2]),
        new("identity for hardtanh", x => Math.Clamp(x[0], -1, 1), x => (x[0], [1]), [-1.5]),
        new WrongRule("value one step off", x => Math.Floor(x[0]), x => (Math.Ceiling(x[0]), [0]), [0.3]) with { Rule = RuleLabel.NoField },
        new WrongRule("value is NaN", x => Math.Abs(x[0]), x => (x[0] == 0 ? double.NaN : Math.Abs(x[0]), [Math.Sign(x[0])]), [0]) with { Rule = RuleLabel.Conservative },
        new("softplus overflows", x => Math.Max(x[0], 0) + Math.Log(1 + Math.Exp(-Math.Abs(x[0]))), x => (Math.Log(1 + Math.Exp(x[0])), [1]), [800]),

        // Bounds.
        Of("wrong side at a bound", x => Math.Clamp(x[0], 0, 1), x => [x[0] <= 1 + 1e-3 ? 1 : 0], 1 + 5e-4),
        Of("slope beyond a bound", x => Math.Clamp(x[0], 0, 1), x => [1], 2),
        Of("negative slope at a bound", x => Math.Clamp(x[0], 0, 1), x => [x[0] == 1 ? -1 : x[0] > 0 && x[0] < 1 ? 1 : 0], 1) with { Rule = RuleLabel.Conservative },
        Of("both bounds' slopes", x => Math.Clamp(x[0], 0, 1), x => [x[0] == 0 ? 2 : x[0] > 0 && x[0] < 1 ? 1 : 0], 0) with { Rule = RuleLabel.Conservative },
        Of("slope dropped inside", x => Math.Clamp(x[0], 0, 1), x => [0], 0.5),
        Of("straight through", x => Math.Round(x[0]), x => [1], 0.2) with { Rule = RuleLabel.NoField },
        Of("sign's slope", x => Math.Sign(x[0]), x => [1], 0.7) with { Rule = RuleLabel.NoField },

        // Kinks of one variable.
        Of("relu's slope 2 at 0", x => Math.Max(x[0], 0), x => [x[0] == 0 ? 2 : x[0] > 0 ? 1 : 0], 0) with { Rule = RuleLabel.Conservative },
        Of("relu passes below 0", x => Math.Max(x[0], 0), x => [1], -0.5),
        Of("abs without sign", x => Math.Abs(x[0]), x => [1], -0.5),
        Of("abs with slope 3 at 0", x => Math.Abs(x[0]), x => [x[0] == 0 ? 3 : Math.Sign(x[0])], 0) with { Rule = RuleLabel.Conservative },
        Of("leaky slope lost", x => x[0] > 0 ? x[0] : 0.1 * x[0], x => [x[0] > 0 ? 1 : 0], -1),
        Of("leaky slopes added", x => x[0] > 0 ? x[0] : 0.1 * x[0], x => [x[0] > 0 ? 1 : x[0] < 0 ? 0.1 : 1.1], 0) with { Rule = RuleLabel.Conservative },
        Of("elu's slope is its value", x => x[0] > 0 ? x[0] : Math.Exp(x[0]) - 1, x => [x[0] > 0 ? 1 : Math.Exp(x[0]) - 1], -0.3),
        Of("relu(x) - relu(-x) at 0", x => Math.Max(x[0], 0) - Math.Max(-x[0], 0), x => [x[0] == 0 ? 0 : 1], 0) with { Rule = RuleLabel.Conservative },
        Of("hinge on the wrong side", x => Math.Max(0, 1 - x[0]), x => [x[0] > 1 ? -1 : 0], 0.5),

        // Norms and roots.
        Of("NaN at sqrt 0", x => Math.Sqrt(x[0] * x[0]), x => [x[0] / Math.Sqrt(x[0] * x[0])], 0),
        Of("NaN behind a mask", x => x[0] > 0 ? Math.Pow(x[0], 1.5) : 0, x => [(x[0] > 0 ? 1 : 0) * 1.5 * x[0] / Math.Sqrt(x[0])], 0),
        Of("ones at a norm's 0", x => Math.Sqrt((x[0] * x[0]) + (x[1] * x[1])), x => x[0] == 0 && x[1] == 0 ? [3, 3] : Each(x, v => v / Math.Sqrt((x[0] * x[0]) + (x[1] * x[1]))), 0, 0) with { Rule = RuleLabel.Conservative },
        Of("norm not normalised", x => Math.Sqrt((x[0] * x[0]) + (x[1] * x[1])), x => [x[0], x[1]], 3, 4),
        Of("square of a norm", x => Math.Abs(x[0]) + Math.Abs(x[1]), x => [2 * x[0], 2 * x[1]], 1, -2),

        // Smooth mistakes.
        Of("a lost factor", x => x[0] * x[0] * x[1], x => [x[0] * x[1], x[0] * x[0]], 1, 2),
        Of("a swapped pair", x => (x[0] * x[0]) + x[1], x => [1, 2 * x[0]], 1, 2),
        Of("a small error", x => Math.Sin(x[0]), x => [Math.Cos(x[0]) * (1 + 1e-4)], 0.4),
    ];

    private static WrongRule Of(string name, Func<double[], double> function, Func<double[], double[]> gradient, params double[] point) =>
        new(name, function, x => (function(x), gradient(x)), point);

    private static double[] Each(double[] x, Func<double, double> slope) => [.. x.Select(slope)];

    private static double Ranked(double[] x, int rank) => x.Order().ElementAt(rank);
}

internal sealed record WrongRule(string Name, Func<double[], double> Function, Func<double[], (double Value, double[] Gradient)> Claim, double[] Point)
{
    /// <summary>What the rule is as a whole: most are wrong on more than a point.</summary>
    public RuleLabel Rule { get; init; } = RuleLabel.NotConservative;
}
