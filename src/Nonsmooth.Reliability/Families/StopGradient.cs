using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Reliability.Families;

/// <summary>The identity, whose derivative is taken to be 0: what frameworks call detach.</summary>
/// <remarks>It is no derivative of the identity: training treats the argument as a constant. Outside the dictionary, for studies.</remarks>
public readonly record struct StopGradient : IPiecewiseLinear
{
    /// <inheritdoc/>
    public string Name => "stop_gradient";

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => x;

    /// <inheritdoc/>
    public Pieces Pieces(Selection selection) => Nonsmooth.Arithmetic.Pieces.Constant(0);

    /// <summary>x, through which no gradient passes.</summary>
    public static Variable Of(Variable x) => x.Builder.Apply(new Unary<StopGradient>(default), x);
}
