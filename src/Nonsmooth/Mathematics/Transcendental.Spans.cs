namespace Nonsmooth.Mathematics;

/// <content>Over spans of doubles.</content>
public static partial class Transcendental
{
    /// <inheritdoc cref="Exp(double)"/>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Exp(ReadOnlySpan<double> x, Span<double> y) => LaneLoop.Many<Exponential.Exp>(x, y);

    /// <inheritdoc cref="ExpM1(double)"/>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void ExpM1(ReadOnlySpan<double> x, Span<double> y) => LaneLoop.Many<Exponential.ExpM1>(x, y);

    /// <inheritdoc cref="Log(double)"/>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Log(ReadOnlySpan<double> x, Span<double> y) => LaneLoop.Many<Logarithm.Log>(x, y);

    /// <inheritdoc cref="LogP1(double)"/>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void LogP1(ReadOnlySpan<double> x, Span<double> y) => LaneLoop.Many<Logarithm.LogP1>(x, y);

    /// <inheritdoc cref="Sin(double)"/>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Sin(ReadOnlySpan<double> x, Span<double> y) => LaneLoop.Many<Trigonometric.Sin>(x, y);

    /// <inheritdoc cref="Cos(double)"/>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Cos(ReadOnlySpan<double> x, Span<double> y) => LaneLoop.Many<Trigonometric.Cos>(x, y);

    /// <inheritdoc cref="Tan(double)"/>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Tan(ReadOnlySpan<double> x, Span<double> y) => LaneLoop.Many<Trigonometric.Tan>(x, y);

    /// <inheritdoc cref="Atan(double)"/>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Atan(ReadOnlySpan<double> x, Span<double> y) => LaneLoop.Many<Trigonometric.Atan>(x, y);

    /// <inheritdoc cref="Tanh(double)"/>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Tanh(ReadOnlySpan<double> x, Span<double> y) => LaneLoop.Many<Hyperbolic.Tanh>(x, y);

    /// <inheritdoc cref="Sigmoid(double)"/>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Sigmoid(ReadOnlySpan<double> x, Span<double> y) => LaneLoop.Many<Hyperbolic.Sigmoid>(x, y);

    /// <inheritdoc cref="Erf(double)"/>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Erf(ReadOnlySpan<double> x, Span<double> y) => LaneLoop.Many<ErrorIntegral.Erf>(x, y);

    /// <inheritdoc cref="Erfc(double)"/>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Erfc(ReadOnlySpan<double> x, Span<double> y) => LaneLoop.Many<ErrorIntegral.Erfc>(x, y);

    /// <inheritdoc cref="Pow(double, double)"/>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Pow(ReadOnlySpan<double> x, ReadOnlySpan<double> exponents, Span<double> y) => PowerLoop.Many(x, exponents, y);
}
