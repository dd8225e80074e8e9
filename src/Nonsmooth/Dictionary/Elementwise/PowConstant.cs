using System.Globalization;
using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>xᵖ for a fixed exponent p; NaN for a negative x and a fractional p.</summary>
/// <param name="Exponent">The exponent p.</param>
/// <remarks>The slope at 0 is that of the formula p·x^(p−1): +∞ for 0 &lt; p &lt; 1.</remarks>
public readonly record struct PowConstant(double Exponent) : IUnary
{
    /// <inheritdoc/>
    public string Name => "pow";

    /// <inheritdoc/>
    public string Attributes => string.Create(CultureInfo.InvariantCulture, $"{Exponent}");

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => Power(x, Exponent);

    /// <inheritdoc/>
    public T Slope<T>(T x, T y, Selection selection)
        where T : IScalar<T> => Exponent == 0 ? T.FromDouble(0) : T.FromDouble(Exponent) * Power(x, Exponent - 1);

    // As libtorch 2.10 has them: at −0 and −∞ a root is not a power.
    private static T Power<T>(T x, double exponent)
        where T : IScalar<T> => exponent switch
        {
            0.5 => T.Sqrt(x),
            -0.5 => T.Rsqrt(x),
            _ => T.Pow(x, T.FromDouble(exponent)),
        };
}

public static partial class Functions
{
    /// <summary>xᵖ for a fixed exponent p; NaN for a negative x and a fractional p.</summary>
    public static Variable Pow(Variable x, double exponent) => x.Builder.Apply(new Unary<PowConstant>(new(exponent)), x);
}
