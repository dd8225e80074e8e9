namespace Nonsmooth.Programs;

/// <summary>How regular an elementary function is: what its derivative rules may claim.</summary>
public enum Regularity
{
    /// <summary>
    /// Continuously differentiable inside its domain. At the domain's border, as a root or a logarithm at 0, it need not be
    /// Lipschitz, and its derivative is what the formula gives there: an infinity or NaN.
    /// </summary>
    Smooth,

    /// <summary>
    /// Locally Lipschitz and definable, with kinks: path-differentiable, so it has conservative fields, Clarke's
    /// subdifferential among them. Whether a rule selects from one depends on the rule.
    /// </summary>
    PathDifferentiable,

    /// <summary>
    /// Discontinuous: it has no conservative field. Its derivative in what it decides by is 0 by convention, which is right
    /// almost everywhere, in Lebesgue's measure of its arguments.
    /// </summary>
    NotPathDifferentiable,

    /// <summary>Nobody said, and the rule does not tell.</summary>
    Unknown,
}
