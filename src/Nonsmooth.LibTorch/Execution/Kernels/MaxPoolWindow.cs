using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>One window of a plane while its elements are gone through in row-major order.</summary>
internal unsafe ref struct MaxPoolWindow<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T* _x;
    private readonly T _top;
    private readonly long _index;
    private readonly int _tied;
    private T* _weight;
    private bool* _nothing;

    /// <summary>Counts the elements that tie; none are counted where only the index decides.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public MaxPoolWindow(MaxPoolWork* w, T* x, long index, int row, int column)
    {
        (Height, Width) = (w->Rows[(2 * row) + 1], w->Columns[(2 * column) + 1]);
        From = ((long)w->Rows[2 * row] * w->Width) + w->Columns[2 * column];
        _x = x;
        (_index, _top, _tied) = (index, Top(w, x, index), 0);
        if (w->First)
        {
            return;
        }

        for (int i = 0; i < Height; i++)
        {
            long at = From + ((long)i * w->RowStep * w->Width);
            for (int j = 0; j < Width; j++, at += w->ColumnStep)
            {
                _tied += x[at] == _top ? 1 : 0;
            }
        }

        int first = _tied * (_tied - 1) / 2;
        _weight = (T*)w->Weights + first;
        _nothing = (bool*)w->Marks + first;
    }

    public readonly long From { get; }

    public readonly int Height { get; }

    public readonly int Width { get; }

    /// <summary>The maximum that an index names; NaN, which ties with nothing, outside the plane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Top(MaxPoolWork* w, T* x, long index) => (ulong)index < (ulong)w->Plane ? x[index] : T.NaN;

    /// <summary>The share of the next element, times a direction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Part(long at, T direction)
    {
        if (_tied == 0)
        {
            return at == _index ? direction : T.Zero;
        }

        if (_x[at] != _top)
        {
            return T.Zero;
        }

        T weight = *_weight++;
        return *_nothing++ ? weight : weight * direction;
    }
}
