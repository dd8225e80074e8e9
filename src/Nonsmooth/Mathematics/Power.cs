using System.Runtime.CompilerServices;

namespace Nonsmooth.Mathematics;

/// <summary>xʸ = e^(y log x), with log x and its product with y in two doubles.</summary>
internal static class Power
{
    /// <summary>xʸ of a positive finite x and a finite y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V At<V>(V x, V y)
        where V : struct, ILanes<V>
    {
        var product = Logarithm.Of(x) * y;
        var high = Lanes.Clamp(product.High, -746, 710);
        var (e, n) = Exponential.Of(new Pair<V>(high, V.Equal(high, product.High) & product.Low));
        return Lanes.Scale(e.Rounded, n);
    }

    /// <summary>A mask of what <see cref="At{V}"/> does not serve.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V IsRare<V>(V x, V y)
        where V : struct, ILanes<V>
    {
        var infinity = V.Of(double.PositiveInfinity);
        return (V.Less(V.Of(0), x) & V.Less(x, infinity) & V.Less(Lanes.Abs(y), infinity)) ^ V.OfBits(ulong.MaxValue);
    }

    /// <summary>xʸ of any two doubles, as IEEE 754 has it (9.2.1): 1 where y is 0 or x is 1, whatever the other is.</summary>
    public static double At(double x, double y)
    {
        if (x > 0 && double.IsFinite(x) && double.IsFinite(y))
        {
            return At(Lanes128.Of(x), Lanes128.Of(y))[0];
        }

        if (y == 0 || x == 1)
        {
            return 1;
        }

        if (double.IsNaN(x) || double.IsNaN(y))
        {
            return double.NaN;
        }

        double size = Math.Abs(x);
        if (double.IsInfinity(y))
        {
            return size == 1 ? 1 : size > 1 == y > 0 ? double.PositiveInfinity : 0;
        }

        bool isInteger = y == Math.Floor(y);
        bool isOdd = isInteger && Math.Abs(y) < 9007199254740992 && (long)y % 2 != 0;
        bool isNegative = double.IsNegative(x) && isOdd;
        if (size == 0 || double.IsInfinity(size))
        {
            double result = size == 0 == y > 0 ? 0 : double.PositiveInfinity;
            return isNegative ? -result : result;
        }

        if (!isInteger)
        {
            return double.NaN;
        }

        double power = At(Lanes128.Of(size), Lanes128.Of(y))[0];
        return isNegative ? -power : power;
    }
}
