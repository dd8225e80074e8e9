using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>x · sigmoid(x), also called swish.</summary>
public readonly record struct Silu : IGradientRule
{
    /// <inheritdoc/>
    public string Name => "silu";

    /// <inheritdoc/>
    public bool FromValue => false;

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => x * T.Sigmoid(x);

    /// <inheritdoc/>
    public T Slope<T>(T x, T y, Selection selection)
        where T : IScalar<T>
    {
        var s = T.Sigmoid(x);
        return s * (T.FromDouble(1) + (x * T.Sigmoid(-x)));
    }
}

public static partial class Functions
{
    /// <summary>x · sigmoid(x), also called swish.</summary>
    public static Variable Silu(Variable x) => x.Builder.Apply(new Unary<Silu>(default(Silu)), x);
}
