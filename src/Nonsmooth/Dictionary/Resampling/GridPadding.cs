namespace Nonsmooth.Dictionary;

/// <summary>What a tensor is outside of its elements.</summary>
public enum GridPadding
{
    /// <summary>0.</summary>
    Zeros,

    /// <summary>The outermost element.</summary>
    Border,

    /// <summary>The elements reflected, about the outermost one where corners are aligned, else about its outer edge.</summary>
    Reflection,
}
