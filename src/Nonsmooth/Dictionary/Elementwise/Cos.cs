using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>Cosine.</summary>
public readonly record struct Cos : IUnary
{
    /// <inheritdoc/>
    public string Name => "cos";

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => T.Cos(x);

    /// <inheritdoc/>
    public T Slope<T>(T x, T y, Selection selection)
        where T : IScalar<T> => -T.Sin(x);
}

public static partial class Functions
{
    /// <summary>Cosine.</summary>
    public static Variable Cos(Variable x) => x.Builder.Apply(new Unary<Cos>(default(Cos)), x);
}
