using Nonsmooth.Dictionary;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Import;

/// <summary>Kernels, strides, pads and dilations of a convolution or a pooling, along each axis of space.</summary>
internal sealed record Windows(int[] Kernel, int[] Strides, int[] Dilations, int[] Before, int[] After)
{
    /// <summary>Axes of space.</summary>
    public int Axes => Kernel.Length;

    /// <summary>What a node says.</summary>
    /// <param name="n">The node.</param>
    /// <param name="x">The shape of its argument, batch and channels first.</param>
    /// <param name="kernel">The sizes of the kernel, as the weight or the attribute has them.</param>
    public static Windows Of(NodeContext n, Shape x, int[] kernel)
    {
        int axes = kernel.Length;
        if (x.Rank != axes + 2)
        {
            throw new OnnxException($"a kernel of {axes} axes does not fit {x}");
        }

        int[] strides = Many("strides", 1);
        int[] dilations = Many("dilations", 1);
        int[] pads = n.Many("pads") is { } p ? [.. p.Select(v => (int)v)] : new int[2 * axes];
        if (pads.Length != 2 * axes)
        {
            throw new OnnxException($"{pads.Length} pads for {axes} axes: two an axis are needed");
        }

        var (before, after) = (pads[..axes], pads[axes..]);
        string auto = n.Text("auto_pad", "NOTSET");
        for (int i = 0; i < axes; i++)
        {
            if (kernel[i] < 1 || strides[i] < 1 || dilations[i] < 1)
            {
                throw new OnnxException($"kernel {kernel[i]}, stride {strides[i]} and dilation {dilations[i]} have to be at least 1");
            }

            if (auto is "SAME_UPPER" or "SAME_LOWER")
            {
                int windows = (x[i + 2] + strides[i] - 1) / strides[i];
                int total = Math.Max(0, ((windows - 1) * strides[i]) + ((kernel[i] - 1) * dilations[i]) + 1 - x[i + 2]);
                before[i] = auto == "SAME_UPPER" ? total / 2 : (total + 1) / 2;
                after[i] = total - before[i];
            }
            else if (auto == "VALID")
            {
                (before[i], after[i]) = (0, 0);
            }
        }

        return new Windows(kernel, strides, dilations, before, after);

        int[] Many(string name, int otherwise)
        {
            int[] values = n.Many(name) is { } v ? [.. v.Select(i => (int)Math.Clamp(i, int.MinValue, int.MaxValue))] : [.. Enumerable.Repeat(otherwise, axes)];
            return values.Length == axes ? values : throw new OnnxException($"its attribute '{name}' has {values.Length} numbers for {axes} axes");
        }
    }

    /// <summary>The same as the dictionary has it.</summary>
    public Windowing Windowing(bool ceil = false) => new() { Stride = Strides, Dilation = Dilations, Before = Before, After = After, CeilMode = ceil };
}
