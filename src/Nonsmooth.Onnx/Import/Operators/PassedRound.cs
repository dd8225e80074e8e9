using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Selections;

namespace Nonsmooth.Onnx.Import;

/// <summary>Nearest integer, ties to even, whose derivative is taken to be 1: the straight-through estimator.</summary>
/// <remarks>It is no derivative of rounding, which jumps: nothing conservative exists there.</remarks>
public readonly record struct PassedRound : IPiecewiseLinear
{
    /// <inheritdoc/>
    public string Name => "round_passed_through";

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => T.Round(x);

    /// <inheritdoc/>
    public Pieces Pieces(Selection selection) => Nonsmooth.Arithmetic.Pieces.Constant(1);
}
