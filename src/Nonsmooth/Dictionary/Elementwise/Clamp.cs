using System.Globalization;
using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>min(max(x, lower), upper); a bound may be infinite.</summary>
/// <param name="Lower">The lower bound; −∞ for none.</param>
/// <param name="Upper">The upper bound; +∞ for none.</param>
/// <remarks>Kinks at the bounds, Clarke's interval [0, 1]; libtorch 2.10 selects 1 at both, later versions 0. With lower = upper the function is constant and its slope 0 but at that point; with lower &gt; upper it is the upper bound.</remarks>
public readonly record struct Clamp(double Lower, double Upper) : IPiecewiseLinear
{
    /// <inheritdoc/>
    public string Name => "clamp";

    /// <inheritdoc/>
    public string Attributes => string.Create(CultureInfo.InvariantCulture, $"{Lower}, {Upper}");

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => Bounded(x);

    /// <inheritdoc/>
    public Pieces Pieces(Selection selection)
    {
        if (Lower > Upper)
        {
            return Nonsmooth.Arithmetic.Pieces.Constant(0);
        }

        var rule = selection.ClampAtBounds;
        double first = rule.Resolve(0, 1);
        double second = rule.Resolve(1, 0);
        return (double.IsNegativeInfinity(Lower), double.IsPositiveInfinity(Upper)) switch
        {
            (true, true) => Nonsmooth.Arithmetic.Pieces.Constant(1),
            (true, false) => Nonsmooth.Arithmetic.Pieces.One(Upper, 1, second, 0),
            _ => new(Lower, Upper, 0, first, 1, second, double.IsPositiveInfinity(Upper) ? 1 : 0),
        };
    }

    private T Bounded<T>(T x)
        where T : IScalar<T>
    {
        var raised = double.IsNegativeInfinity(Lower) ? x : T.Max(x, T.FromDouble(Lower));
        return double.IsPositiveInfinity(Upper) ? raised : T.Min(raised, T.FromDouble(Upper));
    }
}

public static partial class Functions
{
    /// <summary>min(max(x, lower), upper); a bound may be infinite.</summary>
    public static Variable Clamp(Variable x, double lower = double.NegativeInfinity, double upper = double.PositiveInfinity) => x.Builder.Apply(new Unary<Clamp>(new(lower, upper)), x);
}
