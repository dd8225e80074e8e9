using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>1/√x.</summary>
public readonly record struct Rsqrt : IUnary
{
    /// <inheritdoc/>
    public string Name => "rsqrt";

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => T.Rsqrt(x);

    /// <inheritdoc/>
    public T Slope<T>(T x, T y, Selection selection)
        where T : IScalar<T> => T.FromDouble(-0.5) * (y * y * y);
}

public static partial class Functions
{
    /// <summary>1/√x.</summary>
    public static Variable Rsqrt(Variable x) => x.Builder.Apply(new Unary<Rsqrt>(default(Rsqrt)), x);
}
