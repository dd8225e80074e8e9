using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>Tangent.</summary>
public readonly record struct Tan : IGradientRule
{
    /// <inheritdoc/>
    public string Name => "tan";

    /// <inheritdoc/>
    public bool FromValue => false;

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => T.Sin(x) / T.Cos(x);

    /// <inheritdoc/>
    public T Slope<T>(T x, T y, Selection selection)
        where T : IScalar<T>
    {
        var inverse = T.Inverse(T.Cos(x));
        return inverse * inverse;
    }
}

public static partial class Functions
{
    /// <summary>Tangent.</summary>
    public static Variable Tan(Variable x) => x.Builder.Apply(new Unary<Tan>(default), x);
}
