using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>The error function.</summary>
public readonly record struct Erf : IUnary
{
    /// <inheritdoc/>
    public string Name => "erf";

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => T.Erf(x);

    /// <inheritdoc/>
    public T Slope<T>(T x, T y, Selection selection)
        where T : IScalar<T> => T.FromDouble(1.1283791670955126) * T.Exp(-(x * x));
}

public static partial class Functions
{
    /// <summary>The error function.</summary>
    public static Variable Erf(Variable x) => x.Builder.Apply(new Unary<Erf>(default(Erf)), x);
}
