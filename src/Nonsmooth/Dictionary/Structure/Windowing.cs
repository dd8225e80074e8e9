using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>How windows slide over the axes behind the first two, of images or volumes: one number an axis.</summary>
public sealed record Windowing
{
    /// <summary>Distance between windows. By default 1 for convolutions, the kernel's size for pooling.</summary>
    public IntVector? Stride { get; init; }

    /// <summary>What is added before each axis, or cropped where it is negative. Default 0.</summary>
    public IntVector? Before { get; init; }

    /// <summary>What is added after each axis, or cropped where it is negative. By default what <see cref="Before"/> says.</summary>
    public IntVector? After { get; init; }

    /// <summary>Distance between the elements of a window. Default 1.</summary>
    public IntVector? Dilation { get; init; }

    /// <summary>Whether a last window may reach beyond the border, as long as it does not start there. Default false.</summary>
    public bool CeilMode { get; init; }

    /// <summary>Borders so that there are ⌈size/stride⌉ windows.</summary>
    /// <param name="shape">The shape of the planes.</param>
    /// <param name="kernel">The size of a window on each axis.</param>
    /// <param name="stride">Distance between windows; null for 1.</param>
    /// <param name="dilation">Distance between the elements of a window; null for 1.</param>
    /// <param name="upper">Whether an odd element of border is put at the end (ONNX's SAME_UPPER, torch's same); else at the start.</param>
    public static Windowing Same(Shape shape, IntVector kernel, IntVector? stride = null, IntVector? dilation = null, bool upper = true)
    {
        var (before, after) = (new int[kernel.Count], new int[kernel.Count]);
        for (int axis = 0; axis < kernel.Count; axis++)
        {
            int size = shape[shape.Rank - kernel.Count + axis];
            int step = stride?[axis] ?? 1;
            int reach = ((kernel[axis] - 1) * (dilation?[axis] ?? 1)) + 1;
            int border = Math.Max(0, ((((size + step - 1) / step) - 1) * step) + reach - size);
            before[axis] = upper ? border / 2 : border - (border / 2);
            after[axis] = border - before[axis];
        }

        return new() { Stride = stride, Before = before, After = after, Dilation = dilation };
    }

    /// <summary>The numbers of one axis, checked.</summary>
    internal (int Stride, int Before, int After, int Dilation) Of(int axis, int axes, int stride)
    {
        var found = (Number(Stride, stride), Number(Before, 0), Number(After ?? Before, 0), Number(Dilation, 1));
        return found.Item1 >= 1 && found.Item4 >= 1
            ? found
            : throw new ShapeException($"windows step by {found.Item1} over elements {found.Item4} apart: give at least 1");

        int Number(IntVector? numbers, int otherwise) => numbers is null ? otherwise
            : numbers.Count == axes ? numbers[axis]
            : throw new ShapeException($"{numbers} for windows over {axes} axes: give one number an axis");
    }

    /// <summary>The windows along one axis; borders that crop are for the caller to have cropped.</summary>
    internal AxisWindows Along(Shape x, IntVector kernel, int axis)
    {
        var (stride, before, after, dilation) = Of(axis, kernel.Count, kernel[axis]);
        int input = x[x.Rank - kernel.Count + axis];
        if (kernel[axis] < 1 || before < 0 || after < 0)
        {
            throw new ShapeException($"windows of {kernel} with borders {Before} and {After}: give kernels of at least 1 and borders that are not negative");
        }

        int output = AxisWindows.OutputSize(input, kernel[axis], stride, before, dilation, CeilMode, after);
        return output > 0
            ? AxisWindows.Sliding(input, output, kernel[axis], stride, before, dilation, after)
            : throw new ShapeException($"a window of {kernel} does not fit {x} with borders {Before} and {After ?? Before}: make the input larger or pad more");
    }

    /// <summary>The windows along all axes.</summary>
    internal AxisWindows[] Along(Shape x, IntVector kernel) => x.Rank > kernel.Count && kernel.Count > 0
        ? [.. Enumerable.Range(0, kernel.Count).Select(axis => Along(x, kernel, axis))]
        : throw new ShapeException($"windows of {kernel} over {x}: give one number for each axis behind the channels");

    /// <summary>Whether borders are as large before as after, at most half a window.</summary>
    internal bool IsSymmetric(IntVector kernel) => Enumerable.Range(0, kernel.Count).All(axis =>
        Of(axis, kernel.Count, kernel[axis]) is var (_, before, after, dilation) && before == after && before >= 0 && before <= (((kernel[axis] - 1) * dilation) + 1) / 2);

    /// <summary>Whether borders are as large before as after, and none crops.</summary>
    internal bool IsEven(int axes) => Enumerable.Range(0, axes).All(axis => Of(axis, axes, 1) is var (_, before, after, _) && before == after && before >= 0);

    internal IntVector Strides(IntVector kernel) => Enumerable.Range(0, kernel.Count).Select(axis => Of(axis, kernel.Count, kernel[axis]).Stride).ToArray();

    internal IntVector Borders(int axes) => Enumerable.Range(0, axes).Select(axis => Of(axis, axes, 1).Before).ToArray();

    internal IntVector Dilations(int axes) => Enumerable.Range(0, axes).Select(axis => Of(axis, axes, 1).Dilation).ToArray();
}
