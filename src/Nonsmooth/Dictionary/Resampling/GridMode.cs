namespace Nonsmooth.Dictionary;

/// <summary>How a tensor is read between its elements.</summary>
public enum GridMode
{
    /// <summary>By the elements around, weighted by their distances: two on each axis.</summary>
    Linear,

    /// <summary>The nearest element, the even one half way.</summary>
    Nearest,

    /// <summary>By four elements on each axis, with the cubic kernel of coefficient −0.75.</summary>
    Cubic,
}
