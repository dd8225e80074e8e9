namespace Nonsmooth.Reliability.Profiles;

/// <summary>What a gradient is of the function it was computed for, at one point.</summary>
/// <remarks>
/// Whether a rule is conservative is not seen at a point: <see cref="KinkValue.IsAdmissible"/> says of a gradient that a
/// conservative field of the row's program has it there.
/// </remarks>
public enum KinkLabel
{
    /// <summary>An element of Clarke's subdifferential; the gradient where the function is smooth.</summary>
    Clarke,

    /// <summary>Outside Clarke's subdifferential, in the affine span of the gradients around the point.</summary>
    OutsideHull,

    /// <summary>Outside that span, or infinite.</summary>
    OutsideSpan,

    /// <summary>The function is differentiable at the point, and this is not its gradient.</summary>
    NotTheGradient,

    /// <summary>Not a number.</summary>
    NaN,

    /// <summary>The slopes nearby grow without bound: there is no subdifferential to be in.</summary>
    NotLipschitz,

    /// <summary>The function jumps there: no conservative gradient exists.</summary>
    Jump,

    /// <summary>No neighbourhood to judge by: the point is NaN or infinite.</summary>
    Unjudged,
}
