using System.Numerics;
using Nonsmooth.Selections;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>Weights of the four elements of a 2×2 window, by which of them tie.</summary>
/// <remarks>
/// Pattern p &lt; 16 has bit j set where element j, row-major, attains the maximum; pattern 16 + j gives all to j,
/// which is what happens without ties or where the maximum is NaN.
/// </remarks>
internal sealed class PairPatterns<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public PairPatterns(TieRule rule, Precision precision)
    {
        Weights = GC.AllocateArray<T>(80, pinned: true);
        Products = GC.AllocateArray<T>(80, pinned: true);
        for (int pattern = 0; pattern < 20; pattern++)
        {
            int bits = pattern < 16 ? pattern : 1 << (pattern - 16);
            int rank = 0;
            for (int j = 0; j < 4; j++)
            {
                double weight = (bits >> j & 1) == 0 ? 0 : rule.Weight(BitOperations.PopCount((uint)bits), rank++);
                Weights[(4 * pattern) + j] = T.CreateTruncating(precision.Round(weight));

                // All bits set is a NaN of either size.
                Products[(4 * pattern) + j] = weight == 0 ? T.Zero : AllBits;
            }
        }
    }

    /// <summary>Four weights a pattern.</summary>
    public T[] Weights { get; }

    /// <summary>Four masks a pattern: set where the weight is not 0 and the product is wanted.</summary>
    public T[] Products { get; }

    private static T AllBits => Vector<T>.AllBitsSet[0];
}
