using Nonsmooth.Dictionary;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>The windows of a max pooling as pinned arrays, for loops over memory.</summary>
internal sealed class PoolWindows
{
    public PoolWindows(MaxPool2d pool, Shape x)
    {
        var windows = pool.Windows(x);
        Rows = Axis(windows.Rows);
        Columns = Axis(windows.Columns);
        (Height, Width, RowStep, ColumnStep) = (windows.Rows.Input, windows.Columns.Input, windows.Rows.Step, windows.Columns.Step);
        Largest = windows.Largest;
        Covered = GC.AllocateArray<bool>(windows.Plane, pinned: true);
        Span<int> places = new int[Largest];
        for (int i = 0; i < windows.Count; i++)
        {
            foreach (int place in places[..windows.Positions(i, places)])
            {
                Covered[place] = true;
            }
        }

        Pairs = pool is { Kernel: [2, 2], Stride: [2, 2], Padding: [0, 0], Dilation: [1, 1] }
            && windows.Rows.Taps.All(t => t == 2) && windows.Columns.Taps.All(t => t == 2);
    }

    /// <summary>First position and number of positions of each window along the rows, alternating.</summary>
    public int[] Rows { get; }

    /// <summary>The same along the columns.</summary>
    public int[] Columns { get; }

    public int Height { get; }

    public int Width { get; }

    public int RowStep { get; }

    public int ColumnStep { get; }

    /// <summary>The most elements of a window.</summary>
    public int Largest { get; }

    /// <summary>Whether some window covers a position of the plane.</summary>
    public bool[] Covered { get; }

    /// <summary>Whether every window is 2×2 and next to the last one: the common case.</summary>
    public bool Pairs { get; }

    private static int[] Axis(AxisWindows axis)
    {
        var pairs = GC.AllocateUninitializedArray<int>(2 * axis.Output, pinned: true);
        for (int o = 0; o < axis.Output; o++)
        {
            (pairs[2 * o], pairs[(2 * o) + 1]) = (axis.First[o], axis.Taps[o]);
        }

        return pairs;
    }
}
