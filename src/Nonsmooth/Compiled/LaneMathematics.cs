using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nonsmooth.Mathematics;

namespace Nonsmooth.Compiled;

/// <summary>What compiled programs call: the library's functions, of one number and of vectors, with equal bits.</summary>
/// <remarks>Never inlined: a program calls the same function many times. In f32 a function is that of f64, rounded.</remarks>
internal static class LaneMathematics
{
    private const MethodImplOptions Call = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    private static readonly Dictionary<TapeCode, Type> _functions = new()
    {
        [TapeCode.Exp] = typeof(Exponential.Exp),
        [TapeCode.ExpM1] = typeof(Exponential.ExpM1),
        [TapeCode.Log] = typeof(Logarithm.Log),
        [TapeCode.LogP1] = typeof(Logarithm.LogP1),
        [TapeCode.Tanh] = typeof(Hyperbolic.Tanh),
        [TapeCode.Sigmoid] = typeof(Hyperbolic.Sigmoid),
        [TapeCode.Sin] = typeof(Trigonometric.Sin),
        [TapeCode.Cos] = typeof(Trigonometric.Cos),
        [TapeCode.Atan] = typeof(Trigonometric.Atan),
        [TapeCode.Erf] = typeof(ErrorIntegral.Erf),
        [TapeCode.Erfc] = typeof(ErrorIntegral.Erfc),
    };

    /// <summary>The method of a step on numbers or vectors of a type; of a number in f32, that of f64.</summary>
    public static MethodInfo Method(TapeCode code, Type value)
    {
        const BindingFlags Public = BindingFlags.Public | BindingFlags.Static;
        if (_functions.TryGetValue(code, out var function))
        {
            var type = value == typeof(float) ? typeof(double) : value;
            return Array.Find(typeof(LaneMathematics).GetMethods(Public), m => m.Name == nameof(Of) && m.ReturnType == type)!.MakeGenericMethod(function);
        }

        Type[] operands = code switch
        {
            TapeCode.Pow => [value, value],
            TapeCode.Weighted => [value, typeof(double)],
            _ => [value],
        };
        return typeof(LaneMathematics).GetMethod(code.ToString(), Public, operands) ?? throw new MissingMethodException(nameof(LaneMathematics), code.ToString());
    }

    /// <summary>The method of sine and cosine on vectors of a type.</summary>
    public static MethodInfo BothMethod(Type vector) =>
        typeof(LaneMathematics).GetMethod(nameof(Both), BindingFlags.Public | BindingFlags.Static, [vector, vector.MakeByRefType()])!;

    [MethodImpl(Call)]
    public static double Of<TFunction>(double x)
        where TFunction : struct, ILaneFunction => LaneLoop.One<TFunction>(x);

    [MethodImpl(Call)]
    public static Vector128<double> Of<TFunction>(Vector128<double> x)
        where TFunction : struct, ILaneFunction => Lanes128.Bits(LaneLoop.Of<TFunction, Lanes128>(new Lanes128(x)));

    [MethodImpl(Call)]
    public static Vector256<double> Of<TFunction>(Vector256<double> x)
        where TFunction : struct, ILaneFunction => Lanes256.Bits(LaneLoop.Of<TFunction, Lanes256>(new(x)));

    [MethodImpl(Call)]
    public static Vector512<double> Of<TFunction>(Vector512<double> x)
        where TFunction : struct, ILaneFunction => Lanes512.Bits(LaneLoop.Of<TFunction, Lanes512>(new(x)));

    [MethodImpl(Call)]
    public static Vector128<float> Of<TFunction>(Vector128<float> x)
        where TFunction : struct, ILaneFunction
    {
        var (low, high) = Vector128.Widen(x);
        return Vector128.Narrow(Of<TFunction>(low), Of<TFunction>(high));
    }

    [MethodImpl(Call)]
    public static Vector256<float> Of<TFunction>(Vector256<float> x)
        where TFunction : struct, ILaneFunction
    {
        var (low, high) = Vector256.Widen(x);
        return Vector256.Narrow(Of<TFunction>(low), Of<TFunction>(high));
    }

    [MethodImpl(Call)]
    public static Vector512<float> Of<TFunction>(Vector512<float> x)
        where TFunction : struct, ILaneFunction
    {
        var (low, high) = Vector512.Widen(x);
        return Vector512.Narrow(Of<TFunction>(low), Of<TFunction>(high));
    }

    /// <summary>Sines, and cosines beside them.</summary>
    [MethodImpl(Call)]
    public static Vector128<double> Both(Vector128<double> x, out Vector128<double> cosine)
    {
        var (first, second) = Trigonometric.Both(new Lanes128(x));
        cosine = Lanes128.Bits(second);
        return Lanes128.Bits(first);
    }

    /// <summary>Sines, and cosines beside them.</summary>
    [MethodImpl(Call)]
    public static Vector128<float> Both(Vector128<float> x, out Vector128<float> cosine)
    {
        var (low, high) = Vector128.Widen(x);
        var (lowSine, highSine) = (Both(low, out var lowCosine), Both(high, out var highCosine));
        cosine = Vector128.Narrow(lowCosine, highCosine);
        return Vector128.Narrow(lowSine, highSine);
    }

    /// <summary>Sines, and cosines beside them.</summary>
    [MethodImpl(Call)]
    public static Vector256<double> Both(Vector256<double> x, out Vector256<double> cosine)
    {
        var (first, second) = Trigonometric.Both(new Lanes256(x));
        cosine = Lanes256.Bits(second);
        return Lanes256.Bits(first);
    }

    /// <summary>Sines, and cosines beside them.</summary>
    [MethodImpl(Call)]
    public static Vector256<float> Both(Vector256<float> x, out Vector256<float> cosine)
    {
        var (low, high) = Vector256.Widen(x);
        var (lowSine, highSine) = (Both(low, out var lowCosine), Both(high, out var highCosine));
        cosine = Vector256.Narrow(lowCosine, highCosine);
        return Vector256.Narrow(lowSine, highSine);
    }

    /// <summary>Sines, and cosines beside them.</summary>
    [MethodImpl(Call)]
    public static Vector512<double> Both(Vector512<double> x, out Vector512<double> cosine)
    {
        var (first, second) = Trigonometric.Both(new Lanes512(x));
        cosine = Lanes512.Bits(second);
        return Lanes512.Bits(first);
    }

    /// <summary>Sines, and cosines beside them.</summary>
    [MethodImpl(Call)]
    public static Vector512<float> Both(Vector512<float> x, out Vector512<float> cosine)
    {
        var (low, high) = Vector512.Widen(x);
        var (lowSine, highSine) = (Both(low, out var lowCosine), Both(high, out var highCosine));
        cosine = Vector512.Narrow(lowCosine, highCosine);
        return Vector512.Narrow(lowSine, highSine);
    }

    [MethodImpl(Call)]
    public static double Pow(double x, double y) => Power.At(x, y);

    [MethodImpl(Call)]
    public static Vector128<double> Pow(Vector128<double> x, Vector128<double> y) => Lanes128.Bits(PowerLoop.Of(new Lanes128(x), new Lanes128(y)));

    [MethodImpl(Call)]
    public static Vector256<double> Pow(Vector256<double> x, Vector256<double> y) => Lanes256.Bits(PowerLoop.Of(new Lanes256(x), new Lanes256(y)));

    [MethodImpl(Call)]
    public static Vector512<double> Pow(Vector512<double> x, Vector512<double> y) => Lanes512.Bits(PowerLoop.Of(new Lanes512(x), new Lanes512(y)));

    [MethodImpl(Call)]
    public static Vector128<float> Pow(Vector128<float> x, Vector128<float> y)
    {
        var ((a, b), (c, d)) = (Vector128.Widen(x), Vector128.Widen(y));
        return Vector128.Narrow(Pow(a, c), Pow(b, d));
    }

    [MethodImpl(Call)]
    public static Vector256<float> Pow(Vector256<float> x, Vector256<float> y)
    {
        var ((a, b), (c, d)) = (Vector256.Widen(x), Vector256.Widen(y));
        return Vector256.Narrow(Pow(a, c), Pow(b, d));
    }

    [MethodImpl(Call)]
    public static Vector512<float> Pow(Vector512<float> x, Vector512<float> y)
    {
        var ((a, b), (c, d)) = (Vector512.Widen(x), Vector512.Widen(y));
        return Vector512.Narrow(Pow(a, c), Pow(b, d));
    }

    public static double Rsqrt(double x) => 1 / Math.Sqrt(x);

    public static float Rsqrt(float x) => (float)(1 / Math.Sqrt((double)x));

    public static Vector128<double> Rsqrt(Vector128<double> x) => Vector128<double>.One / Vector128.Sqrt(x);

    public static Vector256<double> Rsqrt(Vector256<double> x) => Vector256<double>.One / Vector256.Sqrt(x);

    public static Vector512<double> Rsqrt(Vector512<double> x) => Vector512<double>.One / Vector512.Sqrt(x);

    public static Vector128<float> Rsqrt(Vector128<float> x)
    {
        var (low, high) = Vector128.Widen(x);
        return Vector128.Narrow(Rsqrt(low), Rsqrt(high));
    }

    public static Vector256<float> Rsqrt(Vector256<float> x)
    {
        var (low, high) = Vector256.Widen(x);
        return Vector256.Narrow(Rsqrt(low), Rsqrt(high));
    }

    public static Vector512<float> Rsqrt(Vector512<float> x)
    {
        var (low, high) = Vector512.Widen(x);
        return Vector512.Narrow(Rsqrt(low), Rsqrt(high));
    }

    public static Vector128<float> Weighted(Vector128<float> x, double weight)
    {
        var (low, high) = Vector128.Widen(x);
        return Vector128.Narrow(low * weight, high * weight);
    }

    public static Vector256<float> Weighted(Vector256<float> x, double weight)
    {
        var (low, high) = Vector256.Widen(x);
        return Vector256.Narrow(low * weight, high * weight);
    }

    public static Vector512<float> Weighted(Vector512<float> x, double weight)
    {
        var (low, high) = Vector512.Widen(x);
        return Vector512.Narrow(low * weight, high * weight);
    }
}
