namespace Nonsmooth.Mathematics;

/// <content>Over spans of floats.</content>
public static partial class Transcendental
{
    /// <inheritdoc cref="Exp(double)"/>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Exp(ReadOnlySpan<float> x, Span<float> y) => LaneLoop.Many<Exponential.Exp>(x, y);

    /// <inheritdoc cref="ExpM1(double)"/>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void ExpM1(ReadOnlySpan<float> x, Span<float> y) => LaneLoop.Many<Exponential.ExpM1>(x, y);

    /// <inheritdoc cref="Log(double)"/>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Log(ReadOnlySpan<float> x, Span<float> y) => LaneLoop.Many<Logarithm.Log>(x, y);

    /// <inheritdoc cref="LogP1(double)"/>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void LogP1(ReadOnlySpan<float> x, Span<float> y) => LaneLoop.Many<Logarithm.LogP1>(x, y);

    /// <inheritdoc cref="Sin(double)"/>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Sin(ReadOnlySpan<float> x, Span<float> y) => LaneLoop.Many<Trigonometric.Sin>(x, y);

    /// <inheritdoc cref="Cos(double)"/>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Cos(ReadOnlySpan<float> x, Span<float> y) => LaneLoop.Many<Trigonometric.Cos>(x, y);

    /// <inheritdoc cref="Tan(double)"/>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Tan(ReadOnlySpan<float> x, Span<float> y) => LaneLoop.Many<Trigonometric.Tan>(x, y);

    /// <inheritdoc cref="Atan(double)"/>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Atan(ReadOnlySpan<float> x, Span<float> y) => LaneLoop.Many<Trigonometric.Atan>(x, y);

    /// <inheritdoc cref="Tanh(double)"/>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Tanh(ReadOnlySpan<float> x, Span<float> y) => LaneLoop.Many<Hyperbolic.Tanh>(x, y);

    /// <inheritdoc cref="Sigmoid(double)"/>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Sigmoid(ReadOnlySpan<float> x, Span<float> y) => LaneLoop.Many<Hyperbolic.Sigmoid>(x, y);

    /// <inheritdoc cref="Erf(double)"/>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Erf(ReadOnlySpan<float> x, Span<float> y) => LaneLoop.Many<ErrorIntegral.Erf>(x, y);

    /// <inheritdoc cref="Erfc(double)"/>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Erfc(ReadOnlySpan<float> x, Span<float> y) => LaneLoop.Many<ErrorIntegral.Erfc>(x, y);

    /// <inheritdoc cref="Pow(double, double)"/>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Pow(ReadOnlySpan<float> x, ReadOnlySpan<float> exponents, Span<float> y) => PowerLoop.Many(x, exponents, y);
}
