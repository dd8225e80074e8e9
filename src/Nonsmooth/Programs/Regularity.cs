namespace Nonsmooth.Programs;

/// <summary>How regular an elementary function is: what its derivative rules may claim.</summary>
public enum Regularity
{
    /// <summary>Continuously differentiable on its domain.</summary>
    Smooth,

    /// <summary>Locally Lipschitz and definable, with kinks: path-differentiable, so its selections are conservative.</summary>
    PathDifferentiable,

    /// <summary>
    /// Discontinuous: not path-differentiable. Its derivative is 0 by convention, almost everywhere right and
    /// never conservative; every report says so.
    /// </summary>
    NotPathDifferentiable,
}
