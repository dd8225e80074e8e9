namespace Nonsmooth.Dictionary;

/// <summary>Which of its neighbours is nearest to a place.</summary>
public enum NearestRounding
{
    /// <summary>The nearer, the lower one half way.</summary>
    PreferFloor,

    /// <summary>The nearer, the upper one half way.</summary>
    PreferCeil,

    /// <summary>The lower.</summary>
    Floor,

    /// <summary>The upper.</summary>
    Ceil,
}
