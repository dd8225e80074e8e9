using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>Natural logarithm: −∞ at 0, NaN below.</summary>
/// <remarks>The slope at 0 is +∞, by continuity.</remarks>
public readonly record struct Log : IUnary
{
    /// <inheritdoc/>
    public string Name => "log";

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => T.Log(x);

    /// <inheritdoc/>
    public T Slope<T>(T x, T y, Selection selection)
        where T : IScalar<T> => T.Inverse(x);
}

public static partial class Functions
{
    /// <summary>Natural logarithm: −∞ at 0, NaN below.</summary>
    public static Variable Log(Variable x) => x.Builder.Apply(new Unary<Log>(default(Log)), x);
}
