using System.Numerics;
using Nonsmooth.Arithmetic;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>A stable merge sort of one line at a time, with a number of comparisons that depends on its length alone.</summary>
/// <remarks>
/// A merge of runs of p and q makes p + q − 1 comparisons, as in its worst case: those that an exhausted run makes
/// superfluous are made all the same, so that a count holds for all data. Ascending puts NaN last, descending
/// first (NaN is greatest, as libtorch has it); both zeros are equal; ties stay in order either way.
/// </remarks>
internal sealed class StableOrder<T>
    where T : struct, INumeric<T>
{
    private readonly T[] _line;
    private readonly int[] _order;
    private readonly int[] _spare;
    private readonly bool _descending;

    public StableOrder(int length, bool descending)
    {
        _line = new T[length];
        _order = new int[length];
        _spare = new int[length];
        _descending = descending;
    }

    /// <summary>Indices of a line's elements in order; valid until the next call.</summary>
    public ReadOnlySpan<int> Of(Tensor<T> x, int start, int step)
    {
        for (int i = 0; i < _line.Length; i++)
        {
            _line[i] = x[start + (i * step)];
            _order[i] = i;
        }

        Sort(0, _order.Length);
        return _order;
    }

    private void Sort(int start, int end)
    {
        if (end - start < 2)
        {
            return;
        }

        int middle = start + ((end - start) / 2);
        Sort(start, middle);
        Sort(middle, end);
        _order.AsSpan(start, end - start).CopyTo(_spare.AsSpan(start));
        var (left, right, superfluous) = (start, middle, end - start - 1);
        for (int i = start; i < end; i++)
        {
            bool takeRight = left == middle;
            if (left < middle && right < end)
            {
                takeRight = Precedes(_line[_spare[right]], _line[_spare[left]]);
                superfluous--;
            }

            _order[i] = takeRight ? _spare[right++] : _spare[left++];
        }

        for (; superfluous > 0; superfluous--)
        {
            Comparisons.Make(_line[_order[end - 1]], _line[_order[end - 1]]);
        }
    }

    private bool Precedes(T element, T other)
    {
        Comparisons.Make(element, other);
        var (x, y) = T.Ordered(element, other);
        return _descending
            ? x > y || (double.IsNaN(x) && !double.IsNaN(y))
            : x < y || (double.IsNaN(y) && !double.IsNaN(x));
    }
}

/// <summary>How many comparisons a stable order takes.</summary>
internal static class StableOrder
{
    /// <summary>n⌈log₂ n⌉ − 2^⌈log₂ n⌉ + 1 comparisons a line.</summary>
    public static OperationCount Count(Lines lines)
    {
        long n = lines.Length;
        int levels = n < 2 ? 0 : BitOperations.Log2((ulong)n - 1) + 1;
        return OperationCount.Of(ScalarOperation.Maximum, n == 0 ? 0 : lines.Count * ((n * levels) - (1L << levels) + 1));
    }
}
