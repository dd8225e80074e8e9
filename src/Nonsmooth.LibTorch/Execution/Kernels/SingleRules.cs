using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>A rule's value, or its slope times a cotangent, on lanes of doubles that are rounded to 32 bits or fewer afterwards.</summary>
internal interface ISingleRule
{
    static abstract Vector<double> At(Vector<double> x, Vector<double> cotangent);
}

/// <summary>Smooth activations for results of 32 bits and fewer: to a relative 10⁻⁹, tails included, several times faster than to the last bit of a double.</summary>
/// <remarks>
/// erfc z = t·e^(−z² + P(t)) with t = 1/(1 + z/2), P our own fit by Chebyshev interpolation (Hastings, Approximations for Digital
/// Computers, 1955, for the form); the exponential is reduced by multiples of log 2 and a polynomial. Beyond ±20 every result is that at the border, but for
/// the factor x of a value that grows with it. NaN stays one.
/// </remarks>
internal static class SingleRules
{
    private const double _least = 0.06896551724137931;

    /// <summary>e^x for x from −700 to 700.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Exp(Vector<double> x)
    {
        var n = Vector.Round(x * new Vector<double>(1.4426950408889634));
        var r = Vector.FusedMultiplyAdd(n, new Vector<double>(-0.6931471805599453), x);
        var p = new Vector<double>(1.0 / 362880);
        p = Vector.FusedMultiplyAdd(p, r, new Vector<double>(1.0 / 40320));
        p = Vector.FusedMultiplyAdd(p, r, new Vector<double>(1.0 / 5040));
        p = Vector.FusedMultiplyAdd(p, r, new Vector<double>(1.0 / 720));
        p = Vector.FusedMultiplyAdd(p, r, new Vector<double>(1.0 / 120));
        p = Vector.FusedMultiplyAdd(p, r, new Vector<double>(1.0 / 24));
        p = Vector.FusedMultiplyAdd(p, r, new Vector<double>(1.0 / 6));
        p = Vector.FusedMultiplyAdd(p, r, new Vector<double>(0.5));
        p = Vector.FusedMultiplyAdd(p, r, Vector<double>.One);
        p = Vector.FusedMultiplyAdd(p, r, Vector<double>.One);
        var power = Vector.ShiftLeft(Vector.ConvertToInt64(n) + new Vector<long>(1023), 52);
        return p * Vector.AsVectorDouble(power);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Within(Vector<double> x, double limit)
    {
        var (low, high) = (new Vector<double>(-limit), new Vector<double>(limit));
        return Vector.ConditionalSelect(Vector.LessThan(x, low), low, Vector.ConditionalSelect(Vector.GreaterThan(x, high), high, x));
    }

    // Φ(x) and e^(−x²/2) for |x| ≤ 20.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector<double> Phi, Vector<double> Bell) Normal(Vector<double> x)
    {
        var z = Vector.Abs(x) * new Vector<double>(0.70710678118654752440);
        var t = Vector<double>.One / (Vector<double>.One + (z * new Vector<double>(0.5)));
        var u = ((t + t) - new Vector<double>(1 + _least)) * new Vector<double>(1 / (1 - _least));
        // P by two chains, so that they run beside each other.
        var square = u * u;
        var even = new Vector<double>(1.377733068303704e-05);
        var odd = new Vector<double>(4.988292256972012e-06);
        even = Vector.FusedMultiplyAdd(even, square, new Vector<double>(-7.089372018396846e-05));
        odd = Vector.FusedMultiplyAdd(odd, square, new Vector<double>(-5.139218505080732e-05));
        even = Vector.FusedMultiplyAdd(even, square, new Vector<double>(0.0001198650120163133));
        odd = Vector.FusedMultiplyAdd(odd, square, new Vector<double>(0.00030033154615795505));
        even = Vector.FusedMultiplyAdd(even, square, new Vector<double>(0.00041293476475853395));
        odd = Vector.FusedMultiplyAdd(odd, square, new Vector<double>(-0.0014047862423873475));
        even = Vector.FusedMultiplyAdd(even, square, new Vector<double>(-0.005058646218824237));
        odd = Vector.FusedMultiplyAdd(odd, square, new Vector<double>(0.006518366061397123));
        even = Vector.FusedMultiplyAdd(even, square, new Vector<double>(0.032409346558262254));
        odd = Vector.FusedMultiplyAdd(odd, square, new Vector<double>(-0.03969826284066776));
        even = Vector.FusedMultiplyAdd(even, square, new Vector<double>(-0.6251953124874499));
        odd = Vector.FusedMultiplyAdd(odd, square, new Vector<double>(0.6316996846158319));
        var p = Vector.FusedMultiplyAdd(odd, u, even);
        var bell = Exp(new Vector<double>(-0.5) * x * x);
        var tail = new Vector<double>(0.5) * t * bell * Exp(p);
        return (Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<double>.Zero), Vector<double>.One - tail, tail), bell);
    }

    // The logistic functions of x and of −x, for |x| ≤ 600.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector<double> Up, Vector<double> Down) Logistic(Vector<double> x)
    {
        var e = Exp(-Vector.Abs(x));
        var large = Vector<double>.One / (Vector<double>.One + e);
        var small = e * large;
        var positive = Vector.GreaterThan(x, Vector<double>.Zero);
        return (Vector.ConditionalSelect(positive, large, small), Vector.ConditionalSelect(positive, small, large));
    }

    // A product that grows with x on the right alone.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Times(Vector<double> x, Vector<double> share)
    {
        var least = new Vector<double>(-20);
        return Vector.ConditionalSelect(Vector.LessThan(x, least), least, x) * share;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Inner(Vector<double> x) =>
        Within(new Vector<double>(2 * 0.79788456080286535588) * (x + (new Vector<double>(0.044715) * (x * x * x))), 600);

    internal readonly struct ExactGelu : ISingleRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> At(Vector<double> x, Vector<double> cotangent) => Times(x, Normal(Within(x, 20)).Phi);
    }

    internal readonly struct ExactGeluDerivative : ISingleRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> At(Vector<double> x, Vector<double> cotangent)
        {
            var near = Within(x, 20);
            var (phi, bell) = Normal(near);
            return cotangent * (phi + (near * bell * new Vector<double>(0.39894228040143267794)));
        }
    }

    internal readonly struct TanhGelu : ISingleRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> At(Vector<double> x, Vector<double> cotangent) => Times(x, Logistic(Inner(Within(x, 20))).Up);
    }

    internal readonly struct TanhGeluDerivative : ISingleRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> At(Vector<double> x, Vector<double> cotangent)
        {
            var near = Within(x, 20);
            var (up, down) = Logistic(Inner(near));
            var slope = new Vector<double>(2 * 0.79788456080286535588) * (Vector<double>.One + (new Vector<double>(3 * 0.044715) * near * near));
            return cotangent * (up * (Vector<double>.One + (near * slope * down)));
        }
    }

    internal readonly struct SiluDerivative : ISingleRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> At(Vector<double> x, Vector<double> cotangent)
        {
            var near = Within(x, 600);
            var (up, down) = Logistic(near);
            return cotangent * (up * (Vector<double>.One + (near * down)));
        }
    }

    internal readonly struct SigmoidDerivative : ISingleRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> At(Vector<double> x, Vector<double> cotangent)
        {
            var (up, down) = Logistic(Within(x, 600));
            return cotangent * up * down;
        }
    }

    internal readonly struct TanhDerivative : ISingleRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> At(Vector<double> x, Vector<double> cotangent)
        {
            var near = Within(x, 300);
            var (up, down) = Logistic(near + near);
            return cotangent * (new Vector<double>(4) * up * down);
        }
    }
}
