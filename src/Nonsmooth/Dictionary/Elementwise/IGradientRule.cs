namespace Nonsmooth.Dictionary;

/// <summary>
/// A smooth elementwise function whose slope is long to write out: its slope times a direction is one function,
/// <see cref="UnaryGradient{TRule}"/>, which an executor can run in one pass.
/// </summary>
/// <remarks>The slope must not depend on the selection.</remarks>
public interface IGradientRule : IUnary
{
    /// <summary>Whether the slope is written over the value; else over the argument.</summary>
    bool FromValue { get; }
}
