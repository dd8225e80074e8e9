using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>−1, 0 or 1; a NaN counts as positive.</summary>
/// <remarks>Discontinuous at 0: not path-differentiable. Its derivative is 0 by convention.</remarks>
public readonly record struct Sign : IPiecewiseLinear
{
    /// <inheritdoc/>
    public string Name => "sign";

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => T.Branch(x, 0, T.FromDouble(-1), T.FromDouble(0), T.FromDouble(1));

    /// <inheritdoc/>
    public Pieces Pieces(Selection selection) => Nonsmooth.Arithmetic.Pieces.Constant(0);
}

public static partial class Functions
{
    /// <summary>−1, 0 or 1; a NaN counts as positive.</summary>
    public static Variable Sign(Variable x) => x.Builder.Apply(new Unary<Sign>(default), x);
}
