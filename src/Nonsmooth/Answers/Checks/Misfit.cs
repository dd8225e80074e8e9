namespace Nonsmooth.Answers;

/// <summary>Why a vector is neither a gradient nor a Clarke subgradient.</summary>
public enum Misfit
{
    /// <summary>In the affine span of the gradients around the point, outside their convex hull.</summary>
    OutsideHull,

    /// <summary>Outside that affine span: no combination of the gradients around with weights that sum to 1.</summary>
    OutsideSpan,

    /// <summary>NaN or infinite, where the function has slopes on both sides.</summary>
    NotFinite,

    /// <summary>The function is differentiable at the point, and this is not its gradient.</summary>
    NotTheDerivative,
}
