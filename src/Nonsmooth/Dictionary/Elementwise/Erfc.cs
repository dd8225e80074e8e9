using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>1 less the error function, accurate in its tail.</summary>
public readonly record struct Erfc : IUnary
{
    /// <inheritdoc/>
    public string Name => "erfc";

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => T.Erfc(x);

    /// <inheritdoc/>
    public T Slope<T>(T x, T y, Selection selection)
        where T : IScalar<T> => T.FromDouble(-1.1283791670955126) * T.Exp(-(x * x));
}

public static partial class Functions
{
    /// <summary>1 less the error function, accurate in its tail.</summary>
    public static Variable Erfc(Variable x) => x.Builder.Apply(new Unary<Erfc>(default(Erfc)), x);
}
