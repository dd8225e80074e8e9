namespace Nonsmooth.Engines.Judging;

/// <summary>What a gradient that an engine answered is, from right to worst.</summary>
public enum SlopeFinding
{
    /// <summary>The derivative, where there is one.</summary>
    Derivative,

    /// <summary>An element of Clarke's subdifferential: a convex combination of limits of gradients.</summary>
    Subgradient,

    /// <summary>Nothing is said; the reason is.</summary>
    NotJudged,

    /// <summary>The derivative or a subgradient but for rounding.</summary>
    Rounded,

    /// <summary>That of a point a few units in the last place away: a rounding on the way moved the point over a kink.</summary>
    Moved,

    /// <summary>That of a point where a subnormal number, or one next to these, is 0.</summary>
    Flushed,

    /// <summary>An element of the product of the operations' subdifferentials as the spelling writes them, not of the function's.</summary>
    Conservative,

    /// <summary>NaN or infinite where a finite element exists.</summary>
    NotFinite,

    /// <summary>0 where the derivative is not.</summary>
    Zero,

    /// <summary>No element of either: a direction separates it.</summary>
    Outside,
}
