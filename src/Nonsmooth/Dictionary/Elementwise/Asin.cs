using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>Inverse sine: NaN outside [−1, 1].</summary>
/// <remarks>Not Lipschitz at ±1, where the slope is infinite.</remarks>
public readonly record struct Asin : IGradientRule
{
    /// <inheritdoc/>
    public string Name => "asin";

    /// <inheritdoc/>
    public bool FromValue => false;

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => T.FromDouble(2) * T.Atan(x / (T.FromDouble(1) + T.Sqrt((T.FromDouble(1) - x) * (T.FromDouble(1) + x))));

    /// <inheritdoc/>
    public T Slope<T>(T x, T y, Selection selection)
        where T : IScalar<T> => T.Rsqrt((T.FromDouble(1) - x) * (T.FromDouble(1) + x));
}

public static partial class Functions
{
    /// <summary>Inverse sine: NaN outside [−1, 1].</summary>
    public static Variable Asin(Variable x) => x.Builder.Apply(new Unary<Asin>(default), x);
}
