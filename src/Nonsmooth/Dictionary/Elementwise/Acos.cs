using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>Inverse cosine: NaN outside [−1, 1].</summary>
/// <remarks>Not Lipschitz at ±1, where the slope is infinite.</remarks>
public readonly record struct Acos : IGradientRule
{
    /// <inheritdoc/>
    public string Name => "acos";

    /// <inheritdoc/>
    public bool FromValue => false;

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => T.FromDouble(2) * T.Atan(T.Sqrt((T.FromDouble(1) - x) / (T.FromDouble(1) + x)));

    /// <inheritdoc/>
    public T Slope<T>(T x, T y, Selection selection)
        where T : IScalar<T> => -T.Rsqrt((T.FromDouble(1) - x) * (T.FromDouble(1) + x));
}

public static partial class Functions
{
    /// <summary>Inverse cosine: NaN outside [−1, 1].</summary>
    public static Variable Acos(Variable x) => x.Builder.Apply(new Unary<Acos>(default), x);
}
