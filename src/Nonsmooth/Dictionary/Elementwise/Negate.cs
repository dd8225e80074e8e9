using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>Change of sign.</summary>
public readonly record struct Negate : IUnary
{
    /// <inheritdoc/>
    public string Name => "neg";

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => -x;

    /// <inheritdoc/>
    public T Slope<T>(T x, T y, Selection selection)
        where T : IScalar<T> => T.FromDouble(-1);
}

public static partial class Functions
{
    /// <summary>Change of sign.</summary>
    public static Variable Negate(Variable x) => x.Builder.Apply(new Unary<Negate>(default(Negate)), x);
}
