using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nonsmooth.Mathematics;

namespace Nonsmooth.Compiled;

/// <content>Of four doubles.</content>
internal static partial class LaneMathematics
{
    [MethodImpl(Call)]
    public static Vector256<double> Exp(Vector256<double> x) => Of<Exponential.Exp>(x);

    [MethodImpl(Call)]
    public static Vector256<double> ExpM1(Vector256<double> x) => Of<Exponential.ExpM1>(x);

    [MethodImpl(Call)]
    public static Vector256<double> Log(Vector256<double> x) => Of<Logarithm.Log>(x);

    [MethodImpl(Call)]
    public static Vector256<double> LogP1(Vector256<double> x) => Of<Logarithm.LogP1>(x);

    [MethodImpl(Call)]
    public static Vector256<double> Tanh(Vector256<double> x) => Of<Hyperbolic.Tanh>(x);

    [MethodImpl(Call)]
    public static Vector256<double> Sigmoid(Vector256<double> x) => Of<Hyperbolic.Sigmoid>(x);

    [MethodImpl(Call)]
    public static Vector256<double> Sin(Vector256<double> x) => Of<Trigonometric.Sin>(x);

    [MethodImpl(Call)]
    public static Vector256<double> Cos(Vector256<double> x) => Of<Trigonometric.Cos>(x);

    [MethodImpl(Call)]
    public static Vector256<double> Atan(Vector256<double> x) => Of<Trigonometric.Atan>(x);

    [MethodImpl(Call)]
    public static Vector256<double> Erf(Vector256<double> x) => Of<ErrorIntegral.Erf>(x);

    [MethodImpl(Call)]
    public static Vector256<double> Erfc(Vector256<double> x) => Of<ErrorIntegral.Erfc>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Of<TFunction>(Vector256<double> x)
        where TFunction : struct, ILaneFunction => Lanes256.Bits(LaneLoop.Of<TFunction, Lanes256>(new(x)));
}
