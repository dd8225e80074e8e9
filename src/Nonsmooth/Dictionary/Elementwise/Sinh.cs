using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>Hyperbolic sine.</summary>
public readonly record struct Sinh : IGradientRule
{
    /// <inheritdoc/>
    public string Name => "sinh";

    /// <summary>Smooth: the branches of its value are one function.</summary>
    public FunctionFacts? Facts => FunctionFacts.Smooth;

    /// <inheritdoc/>
    public bool FromValue => false;

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T>
    {
        // Halves of the exponent: the result overflows no earlier than it must.
        var small = T.ExpM1(x);
        var e = T.Exp(T.FromDouble(0.5) * x);
        var i = T.Exp(T.FromDouble(-0.5) * x);
        var near = T.FromDouble(0.5) * (small + (small / (small + T.FromDouble(1))));
        return T.Branch(T.Abs(x), 1, near, near, (T.FromDouble(0.5) * e * e) - (T.FromDouble(0.5) * i * i));
    }

    /// <inheritdoc/>
    public T Slope<T>(T x, T y, Selection selection)
        where T : IScalar<T> => default(Cosh).Value(x);
}

public static partial class Functions
{
    /// <summary>Hyperbolic sine.</summary>
    public static Variable Sinh(Variable x) => x.Builder.Apply(new Unary<Sinh>(default), x);
}
