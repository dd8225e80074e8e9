using System.Runtime.CompilerServices;
using Nonsmooth.Mathematics;

namespace Nonsmooth.Compiled;

/// <summary>The functions that compiled programs call, under the names of their codes.</summary>
/// <remarks>Never inlined: a program calls the same function many times.</remarks>
internal static partial class LaneMathematics
{
    private const MethodImplOptions Call = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    [MethodImpl(Call)]
    public static double Exp(double x) => LaneLoop.One<Exponential.Exp>(x);

    [MethodImpl(Call)]
    public static double ExpM1(double x) => LaneLoop.One<Exponential.ExpM1>(x);

    [MethodImpl(Call)]
    public static double Log(double x) => LaneLoop.One<Logarithm.Log>(x);

    [MethodImpl(Call)]
    public static double LogP1(double x) => LaneLoop.One<Logarithm.LogP1>(x);

    [MethodImpl(Call)]
    public static double Tanh(double x) => LaneLoop.One<Hyperbolic.Tanh>(x);

    [MethodImpl(Call)]
    public static double Sigmoid(double x) => LaneLoop.One<Hyperbolic.Sigmoid>(x);

    [MethodImpl(Call)]
    public static double Sin(double x) => LaneLoop.One<Trigonometric.Sin>(x);

    [MethodImpl(Call)]
    public static double Cos(double x) => LaneLoop.One<Trigonometric.Cos>(x);

    [MethodImpl(Call)]
    public static double Atan(double x) => LaneLoop.One<Trigonometric.Atan>(x);

    [MethodImpl(Call)]
    public static double Erf(double x) => LaneLoop.One<ErrorIntegral.Erf>(x);

    [MethodImpl(Call)]
    public static double Erfc(double x) => LaneLoop.One<ErrorIntegral.Erfc>(x);

    [MethodImpl(Call)]
    public static double Pow(double x, double y) => Power.At(x, y);

    public static double Rsqrt(double x) => 1 / Math.Sqrt(x);

    public static float Rsqrt(float x) => (float)(1 / Math.Sqrt((double)x));
}
