using System.Globalization;
using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>x above a threshold θ, else a constant v.</summary>
/// <param name="At">The threshold θ.</param>
/// <param name="Otherwise">The constant v.</param>
/// <remarks>Discontinuous at θ unless v = θ, where it has a kink: Clarke's interval [0, 1]; libtorch selects 0 in either case.</remarks>
public readonly record struct Threshold(double At, double Otherwise) : IPiecewiseLinear
{
    /// <summary>The slope at a threshold that is also the constant.</summary>
    public static SelectionKey<KinkRule> AtThreshold { get; } =
        new("threshold-at-threshold", KinkRule.Left) { Topic = "the slope of threshold where it has a kink", Sides = "0 or 1", Others = [KinkRule.Right] };

    /// <inheritdoc/>
    public string Name => "threshold";

    /// <inheritdoc/>
    public string Attributes => string.Create(CultureInfo.InvariantCulture, $"{Otherwise} up to {At}");

    /// <summary>Where it jumps.</summary>
    public FunctionFacts? Facts
    {
        get
        {
            double at = At;
            return Otherwise == at ? null : new()
            {
                Kinks = new KinkStructure.Jump(string.Create(CultureInfo.InvariantCulture, $"jumps at x = {at}"), a => a[0].Elements.Contains(at)),
            };
        }
    }

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => T.Branch(x, At, T.FromDouble(Otherwise), T.FromDouble(Otherwise), x);

    /// <inheritdoc/>
    public Pieces Pieces(Selection selection) => Nonsmooth.Arithmetic.Pieces.One(At, 0, Otherwise == At ? selection.Of(AtThreshold).Resolve(0, 1) : 0, 1);
}

public static partial class Functions
{
    /// <summary>x above a threshold, else a constant: with 0 the thresholded ReLU.</summary>
    public static Variable Threshold(Variable x, double threshold, double otherwise = 0) => x.Builder.Apply(new Unary<Threshold>(new(threshold, otherwise)), x);
}
