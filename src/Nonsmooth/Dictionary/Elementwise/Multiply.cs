using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>a · b.</summary>
public readonly record struct Multiply : IBinary
{
    /// <inheritdoc/>
    public string Name => "mul";

    /// <inheritdoc/>
    public T Value<T>(T a, T b)
        where T : IScalar<T> => a * b;

    /// <inheritdoc/>
    public (T A, T B) Slopes<T>(T a, T b, T y, Selection selection)
        where T : IScalar<T> => (b, a);
}

public static partial class Functions
{
    /// <summary>a · b. Arguments are broadcast to one shape.</summary>
    public static Variable Multiply(Variable a, Variable b) => Broadcasting.Apply(new Binary<Multiply>(default), a, b);
}
