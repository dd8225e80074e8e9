using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>Square root: NaN below 0.</summary>
/// <remarks>Not Lipschitz at 0, where the slope is +∞ by continuity. The derived program shares one nonlinear operation: √x = x·(1/√x).</remarks>
public readonly record struct Sqrt : IUnary
{
    /// <inheritdoc/>
    public string Name => "sqrt";

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => T.Sqrt(x);

    /// <inheritdoc/>
    public T Slope<T>(T x, T y, Selection selection)
        where T : IScalar<T> => T.FromDouble(0.5) * T.Inverse(y);

    /// <inheritdoc/>
    public (T Value, T Slope) Derive<T>(T x, Selection selection)
        where T : IScalar<T>
    {
        var (root, inverse) = T.SqrtAndInverse(x);
        return (root, T.FromDouble(0.5) * inverse);
    }
}

public static partial class Functions
{
    /// <summary>Square root: NaN below 0.</summary>
    public static Variable Sqrt(Variable x) => x.Builder.Apply(new Unary<Sqrt>(default(Sqrt)), x);
}
