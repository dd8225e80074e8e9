namespace Nonsmooth.Selections;

/// <summary>What a vector is of a function at one point.</summary>
/// <remarks>
/// There is no "conservative" here: a field that is changed at one isolated point stays conservative, so that is said of
/// a rule, by <see cref="RuleLabel"/>, and of a number at a point only that a conservative rule may take it there.
/// </remarks>
public enum PointLabel
{
    /// <summary>Cannot be told: values jump, slopes grow without bound, or rounding hides them.</summary>
    Unknown,

    /// <summary>The gradient: the function is differentiable at the point.</summary>
    Gradient,

    /// <summary>An element of Clarke's subdifferential, at a point where the function has a kink.</summary>
    Clarke,

    /// <summary>Neither.</summary>
    Neither,
}
