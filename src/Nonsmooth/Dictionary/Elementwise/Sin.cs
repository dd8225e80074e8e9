using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>Sine.</summary>
public readonly record struct Sin : IUnary
{
    /// <inheritdoc/>
    public string Name => "sin";

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => T.Sin(x);

    /// <inheritdoc/>
    public T Slope<T>(T x, T y, Selection selection)
        where T : IScalar<T> => T.Cos(x);
}

public static partial class Functions
{
    /// <summary>Sine.</summary>
    public static Variable Sin(Variable x) => x.Builder.Apply(new Unary<Sin>(default(Sin)), x);
}
