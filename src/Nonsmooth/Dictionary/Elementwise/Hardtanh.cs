using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>min(max(x, −1), 1).</summary>
/// <remarks>Kinks at ±1; libtorch selects 0 at both.</remarks>
public readonly record struct Hardtanh : IPiecewiseLinear
{
    /// <inheritdoc/>
    public string Name => "hardtanh";

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => T.Min(T.Max(x, T.FromDouble(-1)), T.FromDouble(1));

    /// <inheritdoc/>
    public Pieces Pieces(Selection selection) => new(
        -1, 1, 0, selection.HardtanhAtBounds.Resolve(0, 1), 1, selection.HardtanhAtBounds.Resolve(1, 0), 0);

    /// <inheritdoc/>
    public bool SlopesFromValue(Selection selection) => Pieces(selection) is { AtFirst: 0, AtSecond: 0 };
}

public static partial class Functions
{
    /// <summary>min(max(x, −1), 1).</summary>
    public static Variable Hardtanh(Variable x) => x.Builder.Apply(new Unary<Hardtanh>(default), x);
}
