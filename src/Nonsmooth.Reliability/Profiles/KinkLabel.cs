namespace Nonsmooth.Reliability.Profiles;

/// <summary>What a gradient is of the function it was computed for, at one point.</summary>
public enum KinkLabel
{
    /// <summary>An element of Clarke's subdifferential; the gradient where the function is smooth.</summary>
    Clarke,

    /// <summary>Outside Clarke's subdifferential, but a conservative gradient may take it there.</summary>
    ConservativeOnly,

    /// <summary>Neither: along a curve through the point the chain rule fails.</summary>
    Invalid,

    /// <summary>Not a number.</summary>
    NaN,

    /// <summary>The slopes nearby grow without bound: there is no subdifferential to be in.</summary>
    NotLipschitz,

    /// <summary>The function jumps there: no conservative gradient exists.</summary>
    Jump,

    /// <summary>No neighbourhood to judge by: the point is NaN or infinite.</summary>
    Unjudged,
}
