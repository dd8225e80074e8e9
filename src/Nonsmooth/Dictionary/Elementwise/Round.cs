using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>Nearest integer, ties to even.</summary>
/// <remarks>Discontinuous at the half-integers: not path-differentiable. Its derivative is 0 by convention.</remarks>
public readonly record struct Round : IPiecewiseLinear
{
    /// <inheritdoc/>
    public string Name => "round";

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => T.Round(x);

    /// <inheritdoc/>
    public Pieces Pieces(Selection selection) => Nonsmooth.Arithmetic.Pieces.Constant(0);
}

public static partial class Functions
{
    /// <summary>Nearest integer, ties to even.</summary>
    public static Variable Round(Variable x) => x.Builder.Apply(new Unary<Round>(default), x);
}
