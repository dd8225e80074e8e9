using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>min(max(x, 0), 6).</summary>
/// <remarks>Kinks at 0 and 6; libtorch selects 0 at both.</remarks>
public readonly record struct Relu6 : IPiecewiseLinear
{
    /// <inheritdoc/>
    public string Name => "relu6";

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => T.Min(T.Max(x, T.FromDouble(0)), T.FromDouble(6));

    /// <inheritdoc/>
    public Pieces Pieces(Selection selection) => new(
        0, 6, 0, selection.Relu6AtBounds.Resolve(0, 1), 1, selection.Relu6AtBounds.Resolve(1, 0), 0);

    /// <inheritdoc/>
    public bool SlopesFromValue(Selection selection) => Pieces(selection) is { AtFirst: 0, AtSecond: 0 };
}

public static partial class Functions
{
    /// <summary>min(max(x, 0), 6).</summary>
    public static Variable Relu6(Variable x) => x.Builder.Apply(new Unary<Relu6>(default), x);
}
