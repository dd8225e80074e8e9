using System.Globalization;
using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>x − λ above λ, x + λ below −λ, 0 between.</summary>
/// <param name="Lambda">The threshold λ, at least 0.</param>
/// <remarks>Kinks at ±λ, Clarke's interval [0, 1]; libtorch selects 0.</remarks>
public readonly record struct Softshrink(double Lambda) : IPiecewiseLinear
{
    /// <summary>The slope at ±λ.</summary>
    public static SelectionKey<KinkRule> AtBounds { get; } =
        new("softshrink-at-bounds", KinkRule.MinimalNorm) { Topic = "the slope of softshrink at ±λ", Sides = "0 or 1", Others = [KinkRule.Steepest] };

    /// <inheritdoc/>
    public string Name => "softshrink";

    /// <inheritdoc/>
    public string Attributes => string.Create(CultureInfo.InvariantCulture, $"lambda={Lambda}");

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T>
    {
        var (zero, lambda) = (T.FromDouble(0), T.FromDouble(Lambda));
        return T.Branch(x, -Lambda, x + lambda, zero, T.Branch(x, Lambda, zero, zero, x - lambda));
    }

    /// <inheritdoc/>
    public Pieces Pieces(Selection selection) => Lambda == 0
        ? Nonsmooth.Arithmetic.Pieces.Constant(1)
        : new(-Lambda, Lambda, 1, selection.Of(AtBounds).Resolve(1, 0), 0, selection.Of(AtBounds).Resolve(0, 1), 1);
}

public static partial class Functions
{
    /// <summary>x − λ above λ, x + λ below −λ, 0 between.</summary>
    /// <exception cref="NonsmoothException">λ is below 0, or not finite.</exception>
    public static Variable Softshrink(Variable x, double lambda = 0.5) => lambda is >= 0 and < double.PositiveInfinity
        ? x.Builder.Apply(new Unary<Softshrink>(new(lambda)), x)
        : throw new NonsmoothException(string.Create(CultureInfo.InvariantCulture, $"softshrink has lambda {lambda}: give a finite number of at least 0"));
}
