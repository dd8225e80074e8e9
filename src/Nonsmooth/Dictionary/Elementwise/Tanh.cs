using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>Hyperbolic tangent.</summary>
public readonly record struct Tanh : IGradientRule
{
    /// <inheritdoc/>
    public string Name => "tanh";

    /// <inheritdoc/>
    public bool FromValue => true;

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => T.Tanh(x);

    /// <inheritdoc/>
    public T Slope<T>(T x, T y, Selection selection)
        where T : IScalar<T> => T.FromDouble(1) - (y * y);
}

public static partial class Functions
{
    /// <summary>Hyperbolic tangent.</summary>
    public static Variable Tanh(Variable x) => x.Builder.Apply(new Unary<Tanh>(default(Tanh)), x);
}
