using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>eˣ.</summary>
public readonly record struct Exp : IUnary
{
    /// <inheritdoc/>
    public string Name => "exp";

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => T.Exp(x);

    /// <inheritdoc/>
    public T Slope<T>(T x, T y, Selection selection)
        where T : IScalar<T> => y;
}

public static partial class Functions
{
    /// <summary>eˣ.</summary>
    public static Variable Exp(Variable x) => x.Builder.Apply(new Unary<Exp>(default(Exp)), x);
}
