using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>eˣ − 1, accurate near 0.</summary>
public readonly record struct ExpM1 : IUnary
{
    /// <inheritdoc/>
    public string Name => "expm1";

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => T.ExpM1(x);

    /// <inheritdoc/>
    public T Slope<T>(T x, T y, Selection selection)
        where T : IScalar<T> => T.Exp(x);
}

public static partial class Functions
{
    /// <summary>eˣ − 1, accurate near 0.</summary>
    public static Variable ExpM1(Variable x) => x.Builder.Apply(new Unary<ExpM1>(default(ExpM1)), x);
}
