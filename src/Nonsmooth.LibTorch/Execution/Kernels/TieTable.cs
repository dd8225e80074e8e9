using System.Numerics;
using Nonsmooth.Selections;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>A tie rule's weights, asked for once: its delegate must not run, and throw, inside a parallel loop.</summary>
/// <remarks>
/// The weight of rank r among k lies at k(k − 1)/2 + r, rounded to the program's format. Arrays are pinned: loops hold
/// pointers into them, so whoever starts one keeps the table alive.
/// </remarks>
internal sealed class TieTable<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>More tied elements than this make tables too large to be worth it.</summary>
    public const int Most = 2048;

    public TieTable(TieRule rule, int most, Precision precision)
    {
        int size = most * (most + 1) / 2;
        Weights = GC.AllocateUninitializedArray<T>(size, pinned: true);
        Nothing = GC.AllocateUninitializedArray<bool>(size, pinned: true);
        for (int k = 1, at = 0; k <= most; k++)
        {
            for (int rank = 0; rank < k; rank++, at++)
            {
                double weight = rule.Weight(k, rank);
                Weights[at] = T.CreateTruncating(precision.Round(weight));
                Nothing[at] = weight == 0;
            }
        }
    }

    public T[] Weights { get; }

    /// <summary>Where a weight is 0 before it is rounded: such an element gets 0 even of an infinite direction.</summary>
    public bool[] Nothing { get; }
}
