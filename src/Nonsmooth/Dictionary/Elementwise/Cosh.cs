using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>Hyperbolic cosine.</summary>
public readonly record struct Cosh : IGradientRule
{
    /// <inheritdoc/>
    public string Name => "cosh";

    /// <inheritdoc/>
    public bool FromValue => false;

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T>
    {
        var e = T.Exp(T.FromDouble(0.5) * x);
        var i = T.Exp(T.FromDouble(-0.5) * x);
        return (T.FromDouble(0.5) * e * e) + (T.FromDouble(0.5) * i * i);
    }

    /// <inheritdoc/>
    public T Slope<T>(T x, T y, Selection selection)
        where T : IScalar<T> => default(Sinh).Value(x);
}

public static partial class Functions
{
    /// <summary>Hyperbolic cosine.</summary>
    public static Variable Cosh(Variable x) => x.Builder.Apply(new Unary<Cosh>(default), x);
}
