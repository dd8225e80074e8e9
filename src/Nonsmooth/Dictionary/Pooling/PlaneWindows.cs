using System.Numerics;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>The windows of a plane: those of its rows times those of its columns.</summary>
internal sealed record PlaneWindows(AxisWindows Rows, AxisWindows Columns)
{
    /// <summary>Elements of a plane.</summary>
    public int Plane => Rows.Input * Columns.Input;

    /// <summary>Windows of a plane.</summary>
    public int Count => Rows.Output * Columns.Output;

    /// <summary>Σ over windows of the elements covered.</summary>
    public long TotalTaps => checked(Rows.TotalTaps * Columns.TotalTaps);

    /// <summary>Elements that some window covers.</summary>
    public long Covered => Rows.Covered * Columns.Covered;

    /// <summary>Room for the elements of any window.</summary>
    public int Largest => Rows.Taps.Max() * Columns.Taps.Max();

    public static PlaneWindows Sliding(Shape x, IntVector kernel, IntVector stride, IntVector padding, IntVector dilation, bool ceiling)
    {
        AxisWindows.Pair(kernel, "kernel", 1);
        AxisWindows.Pair(stride, "stride", 1);
        AxisWindows.Pair(padding, "padding", 0);
        AxisWindows.Pair(dilation, "dilation", 1);
        return new PlaneWindows(Axis(0), Axis(1));

        AxisWindows Axis(int axis)
        {
            int reach = ((kernel[axis] - 1) * dilation[axis]) + 1;
            if (padding[axis] > reach / 2)
            {
                throw new ShapeException($"padding {padding} is more than half of kernel {kernel} with dilation {dilation}: pad less");
            }

            int input = x[2 + axis];
            int output = AxisWindows.OutputSize(input, kernel[axis], stride[axis], padding[axis], dilation[axis], ceiling);
            var windows = AxisWindows.Sliding(input, Math.Max(0, output), kernel[axis], stride[axis], padding[axis], dilation[axis]);
            return output > 0 && windows.Occupied == output
                ? windows
                : throw new ShapeException($"a window of {kernel} finds nothing in input {x} padded by {padding}: make the input larger");
        }
    }

    public Shape Output(Shape x) => x.With(2, Rows.Output).With(3, Columns.Output);

    /// <summary>The best two elements of a window.</summary>
    public BestTwo<T> Compete<T>(ReadOnlySpan<T> plane, int window)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (row, column) = Math.DivRem(window, Columns.Output);
        var best = new BestTwo<T>();
        int first = (Rows.First[row] * Columns.Input) + Columns.First[column];
        for (int a = 0; a < Rows.Taps[row]; a++)
        {
            for (int b = 0; b < Columns.Taps[column]; b++)
            {
                best.Add(plane[first + (a * Rows.Step * Columns.Input) + (b * Columns.Step)]);
            }
        }

        return best;
    }

    /// <summary>The positions of all windows in their plane.</summary>
    public WindowPlaces Places()
    {
        int[] starts = new int[Count + 1];
        int[] places = new int[TotalTaps];
        for (int window = 0; window < Count; window++)
        {
            starts[window + 1] = starts[window] + Positions(window, places.AsSpan(starts[window]));
        }

        return new(starts, places);
    }

    /// <summary>Writes the positions of a window in its plane, row by row, and tells how many.</summary>
    public int Positions(int window, Span<int> positions)
    {
        var (row, column) = Math.DivRem(window, Columns.Output);
        int count = 0;
        for (int a = 0; a < Rows.Taps[row]; a++)
        {
            int from = ((Rows.First[row] + (a * Rows.Step)) * Columns.Input) + Columns.First[column];
            for (int b = 0; b < Columns.Taps[column]; b++)
            {
                positions[count++] = from + (b * Columns.Step);
            }
        }

        return count;
    }
}
