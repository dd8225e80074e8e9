using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>Inverse tangent, in [−π/2, π/2].</summary>
public readonly record struct Atan : IGradientRule
{
    /// <inheritdoc/>
    public string Name => "atan";

    /// <inheritdoc/>
    public bool FromValue => false;

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => T.Atan(x);

    /// <inheritdoc/>
    public T Slope<T>(T x, T y, Selection selection)
        where T : IScalar<T> => T.Inverse(T.FromDouble(1) + (x * x));
}

public static partial class Functions
{
    /// <summary>Inverse tangent, in [−π/2, π/2].</summary>
    public static Variable Atan(Variable x) => x.Builder.Apply(new Unary<Atan>(default), x);
}
