namespace Nonsmooth.LibTorch.Native;

/// <summary>A convolution's strides, paddings and dilations, kept as arrays for many calls of the direct entries.</summary>
/// <remarks>
/// About a third cheaper to call than the dispatcher, which wants four fresh lists each time. Convolution of any number
/// of space dimensions: each array has one item per dimension.
/// </remarks>
internal sealed unsafe class DirectConvolution(long[] stride, long[] padding, long[] dilation, long groups)
{
    private readonly long[] _outputPadding = new long[stride.Length];

    /// <summary>Convolves input [N, C, …] with weight [O, C/groups, …]; <c>default</c> bias is none.</summary>
    public TensorHandle Forward(TensorHandle input, TensorHandle weight, TensorHandle bias, DeviceKind kind = DeviceKind.Cpu)
    {
        if (OneDnn.Widens(input, kind))
        {
            return Widened(input, weight, bias);
        }

        if (!bias.IsNull && OneDnn.StartsAtBias(input, kind))
        {
            return WithBias(Forward(input, weight, default), bias, kind);
        }

        var entries = DirectEntries.For(kind);
        entries.Need(entries.Convolution, "convolution");
        nint result, biasValue = bias.Value;
        fixed (long* s = stride, p = padding, d = dilation, o = _outputPadding)
        {
            var n = stride.Length;
            Abi.Check(
                entries.Convolution(input.Value, weight.Value, bias.IsNull ? null : &biasValue, s, n, p, n, d, n, 0, o, n, groups, &result),
                "aten::convolution");
        }

        return new TensorHandle(result);
    }

    /// <summary>A result [N, C, …] with a number a channel added; the result itself is released.</summary>
    public static TensorHandle WithBias(TensorHandle result, TensorHandle bias, DeviceKind kind)
    {
        Span<long> sizes = stackalloc long[result.Rank], strides = stackalloc long[result.Rank];
        sizes.Fill(1);
        strides.Clear();
        (sizes[1], strides[1]) = (bias.Sizes[0], bias.Strides[0]);
        var spread = TensorFactory.View(bias, sizes, strides, TensorFactory.Offset(bias));
        var sum = DirectOperators.For(kind).Add(result, spread);
        Delete(spread, result);
        return sum;
    }

    /// <summary>The same convolution, of one weight that is laid out once.</summary>
    public PackedConvolution Packed() => new(stride, padding, dilation, groups);

    /// <summary>The gradients of input, weight and bias; one that was not asked for is <c>default</c>.</summary>
    public (TensorHandle Input, TensorHandle Weight, TensorHandle Bias) Backward(
        TensorHandle gradOutput, TensorHandle input, TensorHandle weight, bool wantInput, bool wantWeight, bool wantBias, DeviceKind kind = DeviceKind.Cpu)
    {
        if (OneDnn.Widens(input, kind))
        {
            return Widened(gradOutput, input, weight, wantInput, wantWeight, wantBias);
        }

        var entries = DirectEntries.For(kind);
        entries.Need(entries.ConvolutionBackward, "convolution_backward");
        nint gradInput = 0, gradWeight = 0, gradBias = 0;
        var mask = stackalloc int[3] { wantInput ? 1 : 0, wantWeight ? 1 : 0, wantBias ? 1 : 0 };
        var biasSize = weight.Sizes[0];
        var biasSizes = &biasSize;
        fixed (long* s = stride, p = padding, d = dilation, o = _outputPadding)
        {
            var n = stride.Length;
            Abi.Check(
                entries.ConvolutionBackward(
                    gradOutput.Value, input.Value, weight.Value, wantBias ? &biasSizes : null, 1, s, n, p, n, d, n, 0, o, n, groups, mask, 3, &gradInput, &gradWeight, &gradBias),
                "aten::convolution_backward");
        }

        return (Wanted(gradInput, wantInput), Wanted(gradWeight, wantWeight), Wanted(gradBias, wantBias));
    }

    private TensorHandle Widened(TensorHandle input, TensorHandle weight, TensorHandle bias)
    {
        TensorHandle x = As(TorchDtype.Float32, input), w = As(TorchDtype.Float32, weight), b = As(TorchDtype.Float32, bias);
        var wide = Forward(x, w, b);
        var result = As(input.Dtype, wide);
        Delete(x, w, b, wide);
        return result;
    }

    private (TensorHandle Input, TensorHandle Weight, TensorHandle Bias) Widened(
        TensorHandle gradOutput, TensorHandle input, TensorHandle weight, bool wantInput, bool wantWeight, bool wantBias)
    {
        TensorHandle g = As(TorchDtype.Float32, gradOutput), x = As(TorchDtype.Float32, input), w = As(TorchDtype.Float32, weight);
        var wide = Backward(g, x, w, wantInput, wantWeight, wantBias);
        var result = (As(input.Dtype, wide.Input), As(input.Dtype, wide.Weight), As(input.Dtype, wide.Bias));
        Delete(g, x, w, wide.Input, wide.Weight, wide.Bias);
        return result;
    }

    private static TensorHandle As(TorchDtype dtype, TensorHandle tensor) => tensor.IsNull ? default : TensorFactory.Convert(tensor, dtype, Device.Cpu);

    private static void Delete(params ReadOnlySpan<TensorHandle> handles)
    {
        foreach (var handle in handles)
        {
            if (!handle.IsNull)
            {
                handle.Delete();
            }
        }
    }

    private static TensorHandle Wanted(nint value, bool wanted)
    {
        var handle = new TensorHandle(value);
        if (wanted)
        {
            return handle;
        }

        handle.Delete();
        return default;
    }
}
