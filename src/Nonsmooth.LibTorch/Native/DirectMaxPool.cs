namespace Nonsmooth.LibTorch.Native;

/// <summary>A 2-d max pooling's window, kept as arrays for many calls of the direct entries.</summary>
internal sealed unsafe class DirectMaxPool(long[] kernel, long[] stride, long[] padding, long[] dilation, bool ceiling)
{
    /// <summary>The maxima of input [N, C, H, W] and, for each, its flat position in its plane (int64).</summary>
    public (TensorHandle Values, TensorHandle Indices) Forward(TensorHandle input, DeviceKind kind = DeviceKind.Cpu)
    {
        var entries = DirectEntries.For(kind);
        entries.Need(entries.MaxPool2d, "max_pool2d_with_indices");
        nint values, indices;
        fixed (long* k = kernel, s = stride, p = padding, d = dilation)
        {
            Abi.Check(entries.MaxPool2d(input.Value, k, 2, s, 2, p, 2, d, 2, ceiling ? 1 : 0, &values, &indices), "aten::max_pool2d_with_indices");
        }

        return (new TensorHandle(values), new TensorHandle(indices));
    }

    /// <summary>Sends each output's gradient to the position that <see cref="Forward"/> named.</summary>
    public TensorHandle Backward(TensorHandle gradOutput, TensorHandle input, TensorHandle indices, DeviceKind kind = DeviceKind.Cpu)
    {
        var entries = DirectEntries.For(kind);
        entries.Need(entries.MaxPool2dBackward, "max_pool2d_with_indices_backward");
        nint result;
        fixed (long* k = kernel, s = stride, p = padding, d = dilation)
        {
            Abi.Check(
                entries.MaxPool2dBackward(gradOutput.Value, input.Value, k, 2, s, 2, p, 2, d, 2, ceiling ? 1 : 0, indices.Value, &result),
                "aten::max_pool2d_with_indices_backward");
        }

        return new TensorHandle(result);
    }
}
