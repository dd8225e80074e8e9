namespace Nonsmooth.Mathematics;

/// <content>In single precision.</content>
public static partial class Transcendental
{
    /// <inheritdoc cref="Exp(double)"/>
    public static float Exp(float x) => (float)LaneLoop.One<Exponential.Exp>(x);

    /// <inheritdoc cref="ExpM1(double)"/>
    public static float ExpM1(float x) => (float)LaneLoop.One<Exponential.ExpM1>(x);

    /// <inheritdoc cref="Log(double)"/>
    public static float Log(float x) => (float)LaneLoop.One<Logarithm.Log>(x);

    /// <inheritdoc cref="LogP1(double)"/>
    public static float LogP1(float x) => (float)LaneLoop.One<Logarithm.LogP1>(x);

    /// <inheritdoc cref="Sin(double)"/>
    public static float Sin(float x) => (float)LaneLoop.One<Trigonometric.Sin>(x);

    /// <inheritdoc cref="Cos(double)"/>
    public static float Cos(float x) => (float)LaneLoop.One<Trigonometric.Cos>(x);

    /// <inheritdoc cref="Tan(double)"/>
    public static float Tan(float x) => (float)LaneLoop.One<Trigonometric.Tan>(x);

    /// <inheritdoc cref="Atan(double)"/>
    public static float Atan(float x) => (float)LaneLoop.One<Trigonometric.Atan>(x);

    /// <inheritdoc cref="Tanh(double)"/>
    public static float Tanh(float x) => (float)LaneLoop.One<Hyperbolic.Tanh>(x);

    /// <inheritdoc cref="Sigmoid(double)"/>
    public static float Sigmoid(float x) => (float)LaneLoop.One<Hyperbolic.Sigmoid>(x);

    /// <inheritdoc cref="Erf(double)"/>
    public static float Erf(float x) => (float)LaneLoop.One<ErrorIntegral.Erf>(x);

    /// <inheritdoc cref="Erfc(double)"/>
    public static float Erfc(float x) => (float)LaneLoop.One<ErrorIntegral.Erfc>(x);

    /// <inheritdoc cref="Pow(double, double)"/>
    public static float Pow(float x, float y) => (float)Power.At(x, y);
}
