using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>Logistic function 1/(1 + e⁻ˣ).</summary>
/// <remarks>
/// The slope is σ(x)σ(−x): y(1 − y) loses all digits in the right tail. The unit model prices the derived program of the
/// specification, which shares the value.
/// </remarks>
public readonly record struct Sigmoid : IGradientRule
{
    /// <inheritdoc/>
    public string Name => "sigmoid";

    /// <inheritdoc/>
    public bool FromValue => false;

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => T.Sigmoid(x);

    /// <inheritdoc/>
    public T Slope<T>(T x, T y, Selection selection)
        where T : IScalar<T> => T.Sigmoid(x) * T.Sigmoid(-x);

    /// <inheritdoc/>
    public (T Value, T Slope) Derive<T>(T x, Selection selection)
        where T : IScalar<T>
    {
        var y = T.Sigmoid(x);
        return (y, y * (T.FromDouble(1) - y));
    }
}

public static partial class Functions
{
    /// <summary>Logistic function 1/(1 + e⁻ˣ).</summary>
    public static Variable Sigmoid(Variable x) => x.Builder.Apply(new Unary<Sigmoid>(default(Sigmoid)), x);
}
