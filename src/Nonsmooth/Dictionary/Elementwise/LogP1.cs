using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>log(1 + x), accurate near 0.</summary>
public readonly record struct LogP1 : IUnary
{
    /// <inheritdoc/>
    public string Name => "log1p";

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => T.LogP1(x);

    /// <inheritdoc/>
    public T Slope<T>(T x, T y, Selection selection)
        where T : IScalar<T> => T.Inverse(x + T.FromDouble(1));
}

public static partial class Functions
{
    /// <summary>log(1 + x), accurate near 0.</summary>
    public static Variable LogP1(Variable x) => x.Builder.Apply(new Unary<LogP1>(default(LogP1)), x);
}
