using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>min(max(x + 3, 0), 6)/6.</summary>
/// <remarks>Kinks at ±3; libtorch selects 0 at both.</remarks>
public readonly record struct Hardsigmoid : IPiecewiseLinear
{
    /// <inheritdoc/>
    public string Name => "hardsigmoid";

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => T.Min(T.Max(x + T.FromDouble(3), T.FromDouble(0)), T.FromDouble(6)) * T.FromDouble(1.0 / 6);

    /// <inheritdoc/>
    public Pieces Pieces(Selection selection) => new(
        -3, 3, 0, selection.HardsigmoidAtBounds.Resolve(0, 1.0 / 6), 1.0 / 6, selection.HardsigmoidAtBounds.Resolve(1.0 / 6, 0), 0);
}

public static partial class Functions
{
    /// <summary>min(max(x + 3, 0), 6)/6.</summary>
    public static Variable Hardsigmoid(Variable x) => x.Builder.Apply(new Unary<Hardsigmoid>(default), x);
}
