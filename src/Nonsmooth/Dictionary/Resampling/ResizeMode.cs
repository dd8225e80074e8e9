namespace Nonsmooth.Dictionary;

/// <summary>What an element of a resized axis is made of.</summary>
public enum ResizeMode
{
    /// <summary>The nearest element.</summary>
    Nearest,

    /// <summary>The two beside it, by their distances.</summary>
    Linear,

    /// <summary>Four, by a cubic kernel.</summary>
    Cubic,
}
