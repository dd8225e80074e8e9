using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>Inverse hyperbolic tangent: ±∞ at ±1, NaN beyond.</summary>
public readonly record struct Atanh : IGradientRule
{
    /// <inheritdoc/>
    public string Name => "atanh";

    /// <summary>Smooth: the branches of its value are one function.</summary>
    public FunctionFacts? Facts => FunctionFacts.Smooth;

    /// <inheritdoc/>
    public bool FromValue => false;

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T>
    {
        var a = T.Abs(x);
        var size = T.FromDouble(0.5) * T.LogP1(T.FromDouble(2) * a / (T.FromDouble(1) - a));
        return T.Branch(x, 0, -size, x, size);
    }

    /// <inheritdoc/>
    public T Slope<T>(T x, T y, Selection selection)
        where T : IScalar<T> => T.Inverse((T.FromDouble(1) - x) * (T.FromDouble(1) + x));
}

public static partial class Functions
{
    /// <summary>Inverse hyperbolic tangent: ±∞ at ±1, NaN beyond.</summary>
    public static Variable Atanh(Variable x) => x.Builder.Apply(new Unary<Atanh>(default), x);
}
