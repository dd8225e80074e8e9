using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>a − b.</summary>
public readonly record struct Subtract : IBinary
{
    /// <inheritdoc/>
    public string Name => "sub";

    /// <inheritdoc/>
    public T Value<T>(T a, T b)
        where T : IScalar<T> => a - b;

    /// <inheritdoc/>
    public (T A, T B) Slopes<T>(T a, T b, T y, Selection selection)
        where T : IScalar<T> => (T.FromDouble(1), T.FromDouble(-1));
}

public static partial class Functions
{
    /// <summary>a − b. Arguments are broadcast to one shape.</summary>
    public static Variable Subtract(Variable a, Variable b) => Broadcasting.Apply(new Binary<Subtract>(default), a, b);
}
