using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>The integer part of x, towards 0.</summary>
/// <remarks>Discontinuous at the integers but 0: not path-differentiable. Its derivative is 0 by convention.</remarks>
public readonly record struct Trunc : IPiecewiseLinear
{
    /// <inheritdoc/>
    public string Name => "trunc";

    /// <summary>Where it jumps.</summary>
    public FunctionFacts? Facts => new() { Kinks = new KinkStructure.Jump("jumps at the integers but 0", static a => a[0].Elements.Any(static x => x != 0 && Math.Round(x) == x)) };

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => T.Branch(x, 0, -T.Floor(-x), x, T.Floor(x));

    /// <inheritdoc/>
    public Pieces Pieces(Selection selection) => Nonsmooth.Arithmetic.Pieces.Constant(0);
}

public static partial class Functions
{
    /// <summary>The integer part of x, towards 0.</summary>
    public static Variable Trunc(Variable x) => x.Builder.Apply(new Unary<Trunc>(default), x);
}
