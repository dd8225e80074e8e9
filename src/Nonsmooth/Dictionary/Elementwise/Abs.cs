using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>Absolute value.</summary>
/// <remarks>Kink at 0, Clarke's interval [−1, 1]; libtorch selects 0.</remarks>
public readonly record struct Abs : IPiecewiseLinear
{
    /// <inheritdoc/>
    public string Name => "abs";

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => T.Abs(x);

    /// <inheritdoc/>
    public Pieces Pieces(Selection selection) => Nonsmooth.Arithmetic.Pieces.One(0, -1, selection.AbsAtZero.Resolve(-1, 1), 1);
}

public static partial class Functions
{
    /// <summary>Absolute value.</summary>
    public static Variable Abs(Variable x) => x.Builder.Apply(new Unary<Abs>(default), x);
}
