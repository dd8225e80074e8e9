namespace Nonsmooth.Selections;

/// <summary>What a rule for derivatives is: a property of all its values together, not of one.</summary>
/// <remarks>
/// A rule is conservative when d/dt f(γ(t)) = ⟨D(γ(t)), γ'(t)⟩ for almost every t, along every absolutely continuous
/// curve γ, and D is finite and locally bounded. J. Bolte and E. Pauwels, <i>Conservative set valued fields, automatic differentiation,
/// stochastic gradient methods and deep learning</i>, Mathematical Programming 188 (2021).
/// </remarks>
public enum RuleLabel
{
    /// <summary>Nothing can be said: too little of it could be tested.</summary>
    Untested,

    /// <summary>An element of a conservative field everywhere: proved, or tested without finding a defect.</summary>
    Conservative,

    /// <summary>Along some curve the chain rule fails on a set of positive measure, or the rule is not finite.</summary>
    NotConservative,

    /// <summary>The function jumps: no rule for its derivative is conservative.</summary>
    NoField,
}
