using Nonsmooth.Arithmetic;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>
/// A function of real numbers with one real value: what Algorithms 1 and 2 of the theory run on, one number at a time.
/// </summary>
public interface IScalarFunction
{
    /// <summary>The derived program: the value and the selected partial derivatives, computed jointly.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="partials">One partial derivative an argument, filled in.</param>
    /// <param name="selection">What holds at kinks.</param>
    T Derive<T>(ReadOnlySpan<T> arguments, Span<T> partials, Selection selection)
        where T : IScalar<T>;
}
