using System.Numerics;

namespace Nonsmooth.Mathematics;

/// <summary>The remainder of a large number by π/2, in integers.</summary>
/// <remarks>
/// M. H. Payne and R. N. Hanek, Radian reduction for trigonometric functions, SIGNUM Newsletter 18, 1983. Of 2/π only the 256 bits matter
/// that reach the last two integer bits of the quotient and 200 bits below the point: no double is nearer to a multiple of π/2 than some 2⁻⁶².
/// </remarks>
internal static class HugeArguments
{
    // π/2 in two doubles.
    private const double _half = 1.5707963267948966;
    private const double _rest = 6.123233995736766e-17;

    // 2/π after the binary point.
    private static ReadOnlySpan<ulong> Bits =>
    [
        0xa2f9836e4e441529, 0xfc2757d1f534ddc0, 0xdb6295993c439041, 0xfe5163abdebbc561, 0xb7246e3a424dd2e0,
        0x06492eea09d1921c, 0xfe1deb1cb129a73e, 0xe88235f52ebb4484, 0xe99c7026b45f7e41, 0x3991d639835339f4,
        0x9c845f8bbdf9283b, 0x1ff897ffde05980f, 0xef2f118b5a0a6d1f, 0x6d367ecf27cb09b7, 0x4f463f669e5fea2d,
        0x7527bac7ebe5f17b, 0x3d0739f78a5292ea, 0x6bfb5fb11f8d5d08, 0x56033046fc7b6bab, 0xf0cfbc209af4361d,
    ];

    /// <summary>x = quadrant·π/2 + (high + low) up to multiples of 2π, with the remainder at most π/4 and relative error some 2⁻¹⁰⁰.</summary>
    public static (double High, double Low, int Quadrant) Remainder(double x)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(x);
        int exponent = (int)((bits >> 52) & 0x7FF) - 1075;
        ulong mantissa = (bits & 0xFFFFFFFFFFFFF) | (1UL << 52);

        // The quotient by π/2, modulo 4, times 2²⁵⁴.
        Span<ulong> product = stackalloc ulong[4];
        ulong carry = 0;
        for (int i = 0; i < 4; i++)
        {
            ulong high = Math.BigMul(mantissa, Word(exponent - 2 + (64 * (3 - i))), out ulong low);
            product[i] = low + carry;
            carry = high + (product[i] < low ? 1UL : 0);
        }

        int quadrant = (int)(product[3] >> 62);
        product[3] &= ulong.MaxValue >> 2;
        bool above = product[3] >> 61 != 0;
        if (above)
        {
            quadrant++;
            Subtract(product);
        }

        var (first, second) = Fraction(product);
        double h = first * _half;
        double l = Math.FusedMultiplyAdd(first, _half, -h) + Math.FusedMultiplyAdd(first, _rest, second * _half);
        double sum = h + l;
        l = (h - sum) + l;
        bool negative = above != x < 0;
        return (negative ? -sum : sum, negative ? -l : l, x < 0 ? -quadrant : quadrant);
    }

    // 64 bits of 2/π from a bit after the point on.
    private static ulong Word(int from)
    {
        int word = from >> 6;
        int bit = from & 63;
        return bit == 0 ? At(word) : (At(word) << bit) | (At(word + 1) >> (64 - bit));
    }

    private static ulong At(int word) => word < 0 ? 0 : Bits[word];

    // 2²⁵⁴ minus the number.
    private static void Subtract(Span<ulong> number)
    {
        ulong carry = 1;
        for (int i = 0; i < 4; i++)
        {
            number[i] = ~number[i] + carry;
            carry = carry == 1 && number[i] == 0 ? 1UL : 0;
        }

        number[3] &= ulong.MaxValue >> 2;
    }

    // The number over 2²⁵⁴ in two doubles: its first 53 bits, and the 64 behind them.
    private static (double First, double Second) Fraction(ReadOnlySpan<ulong> number)
    {
        int top = 3;
        while (number[top] == 0)
        {
            top--;
        }

        int zeros = BitOperations.LeadingZeroCount(number[top]);
        UInt128 head = (Whole(number, top, zeros) << 64) | Whole(number, top - 1, zeros);
        int scale = (64 * (top - 1)) - zeros - 254;
        return (Math.ScaleB((double)(ulong)(head >> 75), scale + 75), Math.ScaleB((double)(ulong)((head >> 11) & ulong.MaxValue), scale + 11));
    }

    private static UInt128 Whole(ReadOnlySpan<ulong> number, int word, int zeros) =>
        zeros == 0 ? number[word] : (number[word] << zeros) | (word > 0 ? number[word - 1] >> (64 - zeros) : 0);
}
