using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>Smallest integer not below x.</summary>
/// <remarks>Discontinuous at the integers: not path-differentiable. Its derivative is 0 by convention.</remarks>
public readonly record struct Ceil : IPiecewiseLinear
{
    /// <inheritdoc/>
    public string Name => "ceil";

    /// <summary>Where it jumps.</summary>
    public FunctionFacts? Facts => new() { Kinks = new KinkStructure.Jump("jumps at the integers", static a => a[0].Elements.Any(static x => Math.Round(x) == x)) };

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => -T.Floor(-x);

    /// <inheritdoc/>
    public Pieces Pieces(Selection selection) => Nonsmooth.Arithmetic.Pieces.Constant(0);
}

public static partial class Functions
{
    /// <summary>Smallest integer not below x.</summary>
    public static Variable Ceil(Variable x) => x.Builder.Apply(new Unary<Ceil>(default), x);
}
