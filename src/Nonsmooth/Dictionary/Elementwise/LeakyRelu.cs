using System.Globalization;
using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>x above 0, s·x below, for a slope s.</summary>
/// <param name="NegativeSlope">The slope s below 0.</param>
/// <remarks>Kink at 0, Clarke's interval between s and 1; libtorch selects s.</remarks>
public readonly record struct LeakyRelu(double NegativeSlope) : IPiecewiseLinear
{
    /// <inheritdoc/>
    public string Name => "leaky_relu";

    /// <inheritdoc/>
    public string Attributes => string.Create(CultureInfo.InvariantCulture, $"slope={NegativeSlope}");

    /// <summary>Engines keep the argument, though the value would do for a positive slope.</summary>
    public FunctionFacts? Facts => new() { Saves = Saved.Argument };

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => T.Branch(x, 0, NegativeSlope == 0 ? T.FromDouble(0) : T.FromDouble(NegativeSlope) * x, T.FromDouble(0), x);

    /// <inheritdoc/>
    public Pieces Pieces(Selection selection) => Nonsmooth.Arithmetic.Pieces.One(
        0, NegativeSlope, selection.LeakyReluAtZero.Resolve(NegativeSlope, 1), 1);

    /// <inheritdoc/>
    public bool SlopesFromValue(Selection selection) => NegativeSlope > 0 && Pieces(selection).AtFirst == NegativeSlope;
}

public static partial class Functions
{
    /// <summary>x above 0, s·x below, for a slope s.</summary>
    public static Variable LeakyRelu(Variable x, double negativeSlope = 0.01) => x.Builder.Apply(new Unary<LeakyRelu>(new(negativeSlope)), x);
}
