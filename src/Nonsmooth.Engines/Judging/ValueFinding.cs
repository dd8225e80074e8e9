namespace Nonsmooth.Engines.Judging;

/// <summary>What a value that an engine answered is.</summary>
public enum ValueFinding
{
    /// <summary>Right.</summary>
    Right,

    /// <summary>Right but for rounding.</summary>
    Rounded,

    /// <summary>That of a point where a subnormal number is 0, or a result flushed to 0.</summary>
    Flushed,

    /// <summary>Not finite where the value is: something on the way is not.</summary>
    NotFinite,

    /// <summary>The value of another function.</summary>
    AnotherFunction,

    /// <summary>Nothing is said; the reason is.</summary>
    NotJudged,
}
