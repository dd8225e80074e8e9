namespace Nonsmooth.Engines.Spellings;

/// <summary>How a spelling is asked.</summary>
public enum SpellingKind
{
    /// <summary>Element by element: all points side by side in vectors.</summary>
    Map,

    /// <summary>Of whole arrays: one point at a time.</summary>
    Vector,
}
