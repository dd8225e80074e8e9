using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>aᵇ; NaN for a negative a and a fractional b.</summary>
/// <remarks>Differentiable for a &gt; 0. At a = 0 the slope in b is that of the formula, NaN.</remarks>
public readonly record struct Pow : IBinary
{
    /// <inheritdoc/>
    public string Name => "pow2";

    /// <inheritdoc/>
    public T Value<T>(T a, T b)
        where T : IScalar<T> => T.Pow(a, b);

    /// <inheritdoc/>
    public (T A, T B) Slopes<T>(T a, T b, T y, Selection selection)
        where T : IScalar<T> => (
            b * T.Pow(a, b - T.FromDouble(1)), y * T.Log(a));
}

public static partial class Functions
{
    /// <summary>aᵇ; NaN for a negative a and a fractional b. Arguments are broadcast to one shape.</summary>
    public static Variable Pow(Variable a, Variable b) => Broadcasting.Apply(new Binary<Pow>(default), a, b);
}
