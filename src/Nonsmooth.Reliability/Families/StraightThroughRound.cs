using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Reliability.Families;

/// <summary>Nearest integer, ties to even, whose derivative is taken to be 1: the straight-through estimator of quantised training.</summary>
/// <remarks>It is no derivative of rounding, which jumps: nothing conservative exists there. Outside the dictionary, for studies.</remarks>
public readonly record struct StraightThroughRound : IPiecewiseLinear
{
    /// <inheritdoc/>
    public string Name => "round_straight_through";

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => T.Round(x);

    /// <inheritdoc/>
    public Pieces Pieces(Selection selection) => Nonsmooth.Arithmetic.Pieces.Constant(1);

    /// <summary>The nearest integers, straight through.</summary>
    public static Variable Of(Variable x) => x.Builder.Apply(new Unary<StraightThroughRound>(default), x);

    /// <summary>s · round(clamp(x / s, lower, upper)): a fake-quantised x, through whose clamp the gradient passes and whose rounding it ignores.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="step">s, the distance of two levels; a power of two makes levels exact.</param>
    /// <param name="lower">The lowest code, −8 for four signed bits.</param>
    /// <param name="upper">The highest code, 7.</param>
    public static Variable Quantise(Variable x, double step, double lower, double upper) =>
        Functions.Scale(Of(Functions.Clamp(Functions.Scale(x, 1 / step), lower, upper)), step);
}
