using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>max(x, 0); a NaN stays.</summary>
/// <remarks>Kink at 0, Clarke's interval [0, 1]; libtorch selects 0. −0 and +0 are the same point.</remarks>
public readonly record struct Relu : IPiecewiseLinear
{
    /// <inheritdoc/>
    public string Name => "relu";

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => T.Branch(x, 0, T.FromDouble(0), T.FromDouble(0), x);

    /// <inheritdoc/>
    public Pieces Pieces(Selection selection) => Nonsmooth.Arithmetic.Pieces.One(0, 0, selection.ReluAtZero.Resolve(0, 1), 1);

    /// <inheritdoc/>
    public bool SlopesFromValue(Selection selection) => Pieces(selection).AtFirst == 0;
}

public static partial class Functions
{
    /// <summary>max(x, 0); a NaN stays.</summary>
    public static Variable Relu(Variable x) => x.Builder.Apply(new Unary<Relu>(default), x);
}
