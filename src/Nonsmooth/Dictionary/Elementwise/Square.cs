using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>x².</summary>
public readonly record struct Square : IUnary
{
    /// <inheritdoc/>
    public string Name => "square";

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => x * x;

    /// <inheritdoc/>
    public T Slope<T>(T x, T y, Selection selection)
        where T : IScalar<T> => T.FromDouble(2) * x;
}

public static partial class Functions
{
    /// <summary>x².</summary>
    public static Variable Square(Variable x) => x.Builder.Apply(new Unary<Square>(default(Square)), x);
}
