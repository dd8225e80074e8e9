using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>Inverse hyperbolic sine.</summary>
public readonly record struct Asinh : IGradientRule
{
    /// <inheritdoc/>
    public string Name => "asinh";

    /// <summary>Smooth: the branches of its value are one function.</summary>
    public FunctionFacts? Facts => FunctionFacts.Smooth;

    /// <inheritdoc/>
    public bool FromValue => false;

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T>
    {
        var (one, a) = (T.FromDouble(1), T.Abs(x));
        var near = T.LogP1(a + (x * x / (one + T.Sqrt(one + (x * x)))));
        var u = T.Inverse(a);
        var far = T.Log(a) + T.Log(one + T.Sqrt(one + (u * u)));
        var size = T.Branch(a, 1, near, near, far);
        return T.Branch(x, 0, -size, x, size);
    }

    /// <inheritdoc/>
    public T Slope<T>(T x, T y, Selection selection)
        where T : IScalar<T> => T.Rsqrt(T.FromDouble(1) + (x * x));
}

public static partial class Functions
{
    /// <summary>Inverse hyperbolic sine.</summary>
    public static Variable Asinh(Variable x) => x.Builder.Apply(new Unary<Asinh>(default), x);
}
