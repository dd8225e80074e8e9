using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>aᵇ; NaN for a negative a and a fractional b.</summary>
/// <remarks>Differentiable for a &gt; 0. As in libtorch the slope in b is 0 at a = 0 for b ≥ 0, where aᵇ does not move to the right, and the slope in a is 0 at b = 0.</remarks>
public readonly record struct Pow : IBinary
{
    /// <inheritdoc/>
    public string Name => "pow2";

    /// <inheritdoc/>
    public T Value<T>(T a, T b)
        where T : IScalar<T> => T.Pow(a, b);

    /// <inheritdoc/>
    public (T A, T B) Slopes<T>(T a, T b, T y, Selection selection)
        where T : IScalar<T>
    {
        var zero = T.FromDouble(0);
        var inA = b * T.Pow(a, b - T.FromDouble(1));
        var inB = y * T.Log(a);
        return (T.Branch(b, 0, inA, zero, inA), T.Branch(a, 0, inB, T.Branch(b, 0, inB, zero, zero), inB));
    }
}

public static partial class Functions
{
    /// <summary>aᵇ; NaN for a negative a and a fractional b. Arguments are broadcast to one shape.</summary>
    public static Variable Pow(Variable a, Variable b) => Broadcasting.Apply(new Binary<Pow>(default), a, b);
}
