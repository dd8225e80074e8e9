namespace Nonsmooth.Mathematics;

/// <summary>Transcendental functions with the same bits on every machine, of one number and of many.</summary>
/// <remarks>
/// <para>In double precision they err by less than one unit in the last place; <c>docs/mathematics.md</c> has what was measured. In
/// single precision they are computed in double and rounded: correct but for the rare result within 2⁻⁵³ of a midpoint.</para>
/// <para>The bits of a result depend on its argument alone: not on whether it came alone or in a span, on the width of the machine's vectors or on
/// whether it has a fused multiply-add. NaN goes in and comes out as <see cref="double.NaN"/>, whatever its payload was.</para>
/// <para>A span of results may be the span of arguments; otherwise the two must not overlap.</para>
/// </remarks>
public static partial class Transcendental
{
    /// <summary>eˣ.</summary>
    public static double Exp(double x) => LaneLoop.One<Exponential.Exp>(x);

    /// <summary>eˣ − 1, accurate near 0.</summary>
    public static double ExpM1(double x) => LaneLoop.One<Exponential.ExpM1>(x);

    /// <summary>Natural logarithm: −∞ at ±0, NaN below.</summary>
    public static double Log(double x) => LaneLoop.One<Logarithm.Log>(x);

    /// <summary>log(1 + x), accurate near 0: −∞ at −1, NaN below.</summary>
    public static double LogP1(double x) => LaneLoop.One<Logarithm.LogP1>(x);

    /// <summary>Sine of an angle of any size in radians; NaN at ±∞.</summary>
    public static double Sin(double x) => LaneLoop.One<Trigonometric.Sin>(x);

    /// <summary>Cosine of an angle of any size in radians; NaN at ±∞.</summary>
    public static double Cos(double x) => LaneLoop.One<Trigonometric.Cos>(x);

    /// <summary>Tangent of an angle of any size in radians; NaN at ±∞.</summary>
    public static double Tan(double x) => LaneLoop.One<Trigonometric.Tan>(x);

    /// <summary>Inverse tangent, in [−π/2, π/2].</summary>
    public static double Atan(double x) => LaneLoop.One<Trigonometric.Atan>(x);

    /// <summary>Hyperbolic tangent.</summary>
    public static double Tanh(double x) => LaneLoop.One<Hyperbolic.Tanh>(x);

    /// <summary>Logistic function 1/(1 + e⁻ˣ), accurate in its tail.</summary>
    public static double Sigmoid(double x) => LaneLoop.One<Hyperbolic.Sigmoid>(x);

    /// <summary>Error function.</summary>
    public static double Erf(double x) => LaneLoop.One<ErrorIntegral.Erf>(x);

    /// <summary>1 − erf x, accurate in its tail.</summary>
    public static double Erfc(double x) => LaneLoop.One<ErrorIntegral.Erfc>(x);

    /// <summary>xʸ: 1 where y is 0 or x is 1, NaN for a negative x and a fractional y, ±0 and ±∞ as IEEE 754 has them.</summary>
    public static double Pow(double x, double y) => Power.At(x, y);
}
