using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>Largest integer not above x.</summary>
/// <remarks>Discontinuous at the integers: not path-differentiable. Its derivative is 0 by convention.</remarks>
public readonly record struct Floor : IPiecewiseLinear
{
    /// <inheritdoc/>
    public string Name => "floor";

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => T.Floor(x);

    /// <inheritdoc/>
    public Pieces Pieces(Selection selection) => Nonsmooth.Arithmetic.Pieces.Constant(0);
}

public static partial class Functions
{
    /// <summary>Largest integer not above x.</summary>
    public static Variable Floor(Variable x) => x.Builder.Apply(new Unary<Floor>(default), x);
}
