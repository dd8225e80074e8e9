namespace Nonsmooth.LibTorch.Native;

/// <summary>A convolution whose weight is laid out once for oneDNN's kernels: for many calls with the same weight, on the processor in 32 bits.</summary>
/// <remarks>Not for two threads at once. The result has channels last in memory.</remarks>
internal sealed class PackedConvolution(long[] stride, long[] padding, long[] dilation, long groups) : IDisposable
{
    private static readonly OperatorName _pack = new("mkldnn::_reorder_convolution_weight");
    private static readonly OperatorName _convolve = new("mkldnn::_convolution_pointwise");
    private TensorHandle _weight;

    /// <summary>Convolves input [N, C, …] with weight [O, C/groups, …], read at the first call only; <c>default</c> bias is none.</summary>
    public TensorHandle Forward(TensorHandle input, TensorHandle weight, TensorHandle bias)
    {
        if (_weight.IsNull)
        {
            _weight = Dispatcher.Call1(
                _pack,
                [
                    Slot.Of(weight), Slot.Of(padding), Slot.Of(stride), Slot.Of(dilation), Slot.Of(groups), Slot.Some(Slot.Of(input.Sizes)),
                ]);
        }

        return Dispatcher.Call1(
            _convolve,
            [
                Slot.Of(input), Slot.Of(_weight), Slot.Optional(bias), Slot.Of(padding), Slot.Of(stride), Slot.Of(dilation), Slot.Of(groups),
                Slot.Of("none"u8), Slot.Of(ReadOnlySpan<long>.Empty), Slot.None,
            ]);
    }

    public void Dispose()
    {
        if (!_weight.IsNull)
        {
            _weight.Delete();
            _weight = default;
        }
    }
}
