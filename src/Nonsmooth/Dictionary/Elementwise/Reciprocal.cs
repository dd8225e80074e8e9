using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>1/x.</summary>
public readonly record struct Reciprocal : IUnary
{
    /// <inheritdoc/>
    public string Name => "reciprocal";

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => T.Inverse(x);

    /// <inheritdoc/>
    public T Slope<T>(T x, T y, Selection selection)
        where T : IScalar<T> => -(y * y);
}

public static partial class Functions
{
    /// <summary>1/x.</summary>
    public static Variable Reciprocal(Variable x) => x.Builder.Apply(new Unary<Reciprocal>(default(Reciprocal)), x);
}
