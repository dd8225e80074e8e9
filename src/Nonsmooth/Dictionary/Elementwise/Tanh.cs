using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>Hyperbolic tangent.</summary>
/// <remarks>
/// The slope is 4σ(2x)σ(−2x), with σ the logistic function: 1 − tanh² loses all digits in the tails. The unit model prices the
/// derived program of the specification, which shares the value.
/// </remarks>
public readonly record struct Tanh : IGradientRule
{
    /// <inheritdoc/>
    public string Name => "tanh";

    /// <inheritdoc/>
    public bool FromValue => false;

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => T.Tanh(x);

    /// <inheritdoc/>
    public T Slope<T>(T x, T y, Selection selection)
        where T : IScalar<T> => T.FromDouble(4) * (T.Sigmoid(T.FromDouble(2) * x) * T.Sigmoid(T.FromDouble(-2) * x));

    /// <inheritdoc/>
    public (T Value, T Slope) Derive<T>(T x, Selection selection)
        where T : IScalar<T>
    {
        var y = T.Tanh(x);
        return (y, T.FromDouble(1) - (y * y));
    }
}

public static partial class Functions
{
    /// <summary>Hyperbolic tangent.</summary>
    public static Variable Tanh(Variable x) => x.Builder.Apply(new Unary<Tanh>(default(Tanh)), x);
}
