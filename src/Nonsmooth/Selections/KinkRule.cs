using System.Globalization;

namespace Nonsmooth.Selections;

/// <summary>Which slope is selected at an isolated kink of a function of one variable.</summary>
/// <remarks>
/// With any finite slope the rule is conservative: a curve is at the kink, with a nonzero velocity, at countably many
/// times only. The slope is a Clarke subgradient exactly when it lies between the two one-sided slopes. A number converts to the rule
/// that selects it: <c>Selection.Default with { ReluAtZero = 0.5 }</c>.
/// </remarks>
public readonly record struct KinkRule
{
    private enum Choice
    {
        MinimalNorm,
        Left,
        Right,
        Midpoint,
        Steepest,
        Value,
    }

    private Choice Kind { get; init; }

    private double Number { get; init; }

    /// <summary>The slope of least absolute value between the one-sided slopes: the minimal-norm Clarke subgradient.</summary>
    public static KinkRule MinimalNorm => default;

    /// <summary>The slope on the left.</summary>
    public static KinkRule Left => new() { Kind = Choice.Left };

    /// <summary>The slope on the right.</summary>
    public static KinkRule Right => new() { Kind = Choice.Right };

    /// <summary>The mean of the one-sided slopes.</summary>
    public static KinkRule Midpoint => new() { Kind = Choice.Midpoint };

    /// <summary>The one-sided slope of larger absolute value.</summary>
    public static KinkRule Steepest => new() { Kind = Choice.Steepest };

    /// <summary>The given slope, whatever the function's own are.</summary>
    public static KinkRule Of(double slope) => new() { Kind = Choice.Value, Number = slope };

    /// <summary>A number is the rule that selects it.</summary>
    public static implicit operator KinkRule(double slope) => Of(slope);

    /// <summary>The slope selected between two one-sided slopes.</summary>
    public double Resolve(double left, double right) => Kind switch
    {
        Choice.Left => left,
        Choice.Right => right,
        Choice.Midpoint => (left + right) / 2,
        Choice.Steepest => Math.Abs(right) > Math.Abs(left) ? right : left,
        Choice.Value => Number,
        _ => Math.Clamp(0, Math.Min(left, right), Math.Max(left, right)),
    };

    // For slopes that are not plain numbers: each kind of choice as an operation on them.
    internal T Select<T>(T left, T right, Func<double, T> number, Func<T, T, T> middle, Func<T, T, T> least, Func<T, T, T> steepest) => Kind switch
    {
        Choice.Left => left,
        Choice.Right => right,
        Choice.Midpoint => middle(left, right),
        Choice.Steepest => steepest(left, right),
        Choice.Value => number(Number),
        _ => least(left, right),
    };

    /// <summary>What the selected slope is at a kink with two one-sided slopes.</summary>
    /// <remarks>Where the two are equal there is no kink, and it is the gradient or neither.</remarks>
    public PointLabel AtPoint(double left, double right)
    {
        double slope = Resolve(left, right);
        return !(slope >= Math.Min(left, right) && slope <= Math.Max(left, right)) ? PointLabel.Neither
            : left == right ? PointLabel.Gradient
            : PointLabel.Clarke;
    }

    /// <summary>What the rule is: conservative whatever the finite slope, since the kink is one point of the line.</summary>
    public RuleLabel Label(double left, double right) =>
        double.IsFinite(Resolve(left, right)) ? RuleLabel.Conservative : RuleLabel.NotConservative;

    /// <summary>The rule's name, or its number.</summary>
    public override string ToString() => Kind switch
    {
        Choice.MinimalNorm => "minimal-norm",
        Choice.Left => "left",
        Choice.Right => "right",
        Choice.Midpoint => "midpoint",
        Choice.Steepest => "steepest",
        _ => Number.ToString("R", CultureInfo.InvariantCulture),
    };
}
