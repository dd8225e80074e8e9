namespace Nonsmooth.Dictionary;

/// <summary>What a quantile is between two elements.</summary>
public enum QuantileInterpolation
{
    /// <summary>On the line between them.</summary>
    Linear,

    /// <summary>The lower.</summary>
    Lower,

    /// <summary>The higher.</summary>
    Higher,

    /// <summary>Half way.</summary>
    Midpoint,

    /// <summary>The nearer, the even one of two as near.</summary>
    Nearest,
}
