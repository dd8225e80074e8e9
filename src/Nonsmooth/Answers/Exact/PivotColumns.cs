using System.Numerics;
using Nonsmooth.Arithmetic;

namespace Nonsmooth.Answers;

/// <summary>Columns of a matrix on which its rows have all the linear relations that they have on all columns.</summary>
/// <remarks>
/// By elimination modulo the prime 2⁶¹ − 1: the columns found are independent over the rationals; that there are no more of
/// them fails only where the prime divides every larger minor.
/// </remarks>
internal static class PivotColumns
{
    private const ulong _prime = (1UL << 61) - 1;

    public static int[] Of(IReadOnlyList<Dyadic[]> rows)
    {
        ulong[][] residues = [.. rows.Select(Residues)];
        var pivots = new List<int>();
        int rank = 0;
        int width = rows[0].Length;
        for (int column = 0; column < width && rank < residues.Length; column++)
        {
            int pivot = Array.FindIndex(residues, rank, r => r[column] != 0);
            if (pivot < 0)
            {
                continue;
            }

            (residues[rank], residues[pivot]) = (residues[pivot], residues[rank]);
            ulong inverse = Power(residues[rank][column], _prime - 2);
            for (int i = rank + 1; i < residues.Length; i++)
            {
                ulong factor = Times(residues[i][column], inverse);
                for (int k = column; factor != 0 && k < width; k++)
                {
                    ulong taken = Times(factor, residues[rank][k]);
                    residues[i][k] = residues[i][k] >= taken ? residues[i][k] - taken : residues[i][k] + _prime - taken;
                }
            }

            pivots.Add(column);
            rank++;
        }

        return [.. pivots];
    }

    private static ulong[] Residues(Dyadic[] row)
    {
        int exponent = row.Min(x => x.LastBit);
        return [.. row.Select(x => x.Sign == 0 ? 0 : (ulong)(((x.At(exponent) % _prime) + _prime) % _prime))];
    }

    private static ulong Times(ulong a, ulong b) => (ulong)((UInt128)a * b % _prime);

    private static ulong Power(ulong value, ulong exponent) => (ulong)BigInteger.ModPow(value, exponent, _prime);
}
