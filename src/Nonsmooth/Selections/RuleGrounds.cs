namespace Nonsmooth.Selections;

/// <summary>Whether a function's derivative under a selection is conservative by a theorem, and by which.</summary>
/// <param name="Holds">Whether it is; else it is not, or not by the theorem.</param>
/// <param name="Theorem">What decides, as a clause.</param>
public readonly record struct RuleGrounds(bool Holds, string Theorem)
{
    /// <summary>A continuously differentiable function's derivative.</summary>
    public static RuleGrounds Smooth { get; } = new(true, "the gradient of a continuously differentiable function");

    /// <summary>Kinks at isolated points of a line.</summary>
    /// <remarks>A curve is at such a point, with a nonzero velocity, at countably many times only: any finite number will do.</remarks>
    /// <param name="slopes">The numbers selected at the kinks.</param>
    public static RuleGrounds Kinks(params IEnumerable<double> slopes) => slopes.FirstOrDefault(s => !double.IsFinite(s), 0) is var bad && bad == 0
        ? new(true, "a finite slope at isolated kinks of a function of one variable")
        : new(false, $"the slope {bad} at a kink");

    /// <summary>One point at which the derivative is chosen.</summary>
    /// <param name="entry">Every entry of what is selected there.</param>
    public static RuleGrounds Point(double entry) => double.IsFinite(entry)
        ? new(true, "a finite vector at an isolated point")
        : new(false, $"the entry {entry} at a point");

    /// <summary>Ties whose gradients are combined.</summary>
    /// <remarks>On the set of times at which two pieces agree along a curve, almost everywhere so do their derivatives: weights that sum to 1 give that one.</remarks>
    /// <param name="rule">The weights.</param>
    public static RuleGrounds Ties(TieRule rule) => rule.Label == RuleLabel.Conservative
        ? new(true, $"an affine combination of the gradients of the pieces that tie ({rule.Name})")
        : new(false, $"weights of tied gradients that do not sum to 1 ({rule.Name})");
}
