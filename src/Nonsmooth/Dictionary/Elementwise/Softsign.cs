using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>x/(1 + |x|).</summary>
/// <remarks>Smooth: the kinks of the absolute value cancel; its slope has one at 0. NaN at ±∞, as in libtorch.</remarks>
public readonly record struct Softsign : IUnary
{
    /// <inheritdoc/>
    public string Name => "softsign";

    /// <summary>Smooth: the branches of its value are one function.</summary>
    public FunctionFacts? Facts => FunctionFacts.Smooth;

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => x / (T.FromDouble(1) + T.Abs(x));

    /// <inheritdoc/>
    public T Slope<T>(T x, T y, Selection selection)
        where T : IScalar<T>
    {
        var inverse = T.Inverse(T.FromDouble(1) + T.Abs(x));
        return inverse * inverse;
    }
}

public static partial class Functions
{
    /// <summary>x/(1 + |x|).</summary>
    public static Variable Softsign(Variable x) => x.Builder.Apply(new Unary<Softsign>(default), x);
}
