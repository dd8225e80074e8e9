using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>a / b.</summary>
/// <remarks>Infinite or NaN where b is 0.</remarks>
public readonly record struct Divide : IBinary
{
    /// <inheritdoc/>
    public string Name => "div";

    /// <inheritdoc/>
    public T Value<T>(T a, T b)
        where T : IScalar<T> => a / b;

    /// <inheritdoc/>
    public (T A, T B) Slopes<T>(T a, T b, T y, Selection selection)
        where T : IScalar<T>
    {
        var inverse = T.Inverse(b);
        return (inverse, -(y * inverse));
    }
}

public static partial class Functions
{
    /// <summary>a / b. Arguments are broadcast to one shape.</summary>
    public static Variable Divide(Variable a, Variable b) => Broadcasting.Apply(new Binary<Divide>(default), a, b);
}
