using System.Globalization;
using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>x where |x| &gt; λ, else 0.</summary>
/// <param name="Lambda">The threshold λ, at least 0.</param>
/// <remarks>Discontinuous at ±λ: not path-differentiable, unless λ = 0. Its derivative there is 0, as in libtorch.</remarks>
public readonly record struct Hardshrink(double Lambda) : IPiecewiseLinear
{
    /// <inheritdoc/>
    public string Name => "hardshrink";

    /// <inheritdoc/>
    public string Attributes => string.Create(CultureInfo.InvariantCulture, $"lambda={Lambda}");

    /// <summary>Where it jumps.</summary>
    public FunctionFacts? Facts
    {
        get
        {
            double lambda = Lambda;
            return lambda == 0 ? FunctionFacts.Smooth : new()
            {
                Kinks = new KinkStructure.Jump(string.Create(CultureInfo.InvariantCulture, $"jumps at x = -{lambda} and x = {lambda}"), a => a[0].Elements.Any(x => Math.Abs(x) == lambda)),
            };
        }
    }

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T>
    {
        var zero = T.FromDouble(0);
        return T.Branch(x, -Lambda, x, zero, T.Branch(x, Lambda, zero, zero, x));
    }

    /// <inheritdoc/>
    public Pieces Pieces(Selection selection) => Lambda == 0 ? Nonsmooth.Arithmetic.Pieces.Constant(1) : new(-Lambda, Lambda, 1, 0, 0, 0, 1);
}

public static partial class Functions
{
    /// <summary>x where |x| &gt; λ, else 0.</summary>
    /// <exception cref="NonsmoothException">λ is below 0, or not finite.</exception>
    public static Variable Hardshrink(Variable x, double lambda = 0.5) => lambda is >= 0 and < double.PositiveInfinity
        ? x.Builder.Apply(new Unary<Hardshrink>(new(lambda)), x)
        : throw new NonsmoothException(string.Create(CultureInfo.InvariantCulture, $"hardshrink has lambda {lambda}: give a finite number of at least 0"));
}
