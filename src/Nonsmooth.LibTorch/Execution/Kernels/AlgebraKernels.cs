using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>Rows of products and convolutions.</summary>
internal static class AlgebraKernels
{
    private static readonly OperatorName _dot = new("dot");
    private static readonly OperatorName _mm = new("mm");
    private static readonly OperatorName _matmul = new("matmul");
    private static readonly OperatorName _linear = new("linear");

    public static void Register(Dictionary<Type, Func<Node, LoweringContext, Kernel?>> table)
    {
        table.Add<Dot>((_, n, _) => Row.Binary(_dot, n));
        table.Add<MatMul>(Product);
        table.Add<Linear>((_, n, context) => Neurons(n, context.Device.Kind));
        table.Add<Conv2d>(Convolved);
        table.Add<ConvTranspose2d>(Transposed);
        table.Add<Conv2dWeight>(Weighted);
    }

    private static Kernel Product(MatMul function, Node node, LoweringContext context)
    {
        int a = node.Arguments[0];
        int b = node.Arguments[1];
        int y = node.Results[0];
        var op = context.Type(a).Shape.Rank == 2 ? _mm : _matmul;
        var (left, right) = (function.TransposeLeft, function.TransposeRight);
        var kind = context.Device.Kind;
        Func<TensorHandle, TensorHandle, TensorHandle, TensorHandle> apply = (x, w, _) => Dispatcher.Call1(op, [Matrix(x, left), Matrix(w, right)]);
        return values => values[y] = NarrowProducts.Of(values[a], values[b], default, kind, apply);

        static ulong Matrix(TensorHandle tensor, bool transposed) =>
            transposed ? Slot.Take(LastTwoExchanged(tensor)) : Slot.Of(tensor);
    }

    private static TensorHandle LastTwoExchanged(TensorHandle tensor)
    {
        Span<long> sizes = stackalloc long[tensor.Rank];
        Span<long> strides = stackalloc long[sizes.Length];
        tensor.Sizes.CopyTo(sizes);
        tensor.Strides.CopyTo(strides);
        (sizes[^1], sizes[^2]) = (sizes[^2], sizes[^1]);
        (strides[^1], strides[^2]) = (strides[^2], strides[^1]);
        return TensorFactory.View(tensor, sizes, strides, TensorFactory.Offset(tensor));
    }

    private static Kernel Neurons(Node node, DeviceKind kind)
    {
        int x = node.Arguments[0];
        int w = node.Arguments[1];
        int bias = node.Arguments.Length == 3 ? node.Arguments[2] : -1;
        int y = node.Results[0];
        return values => values[y] = NarrowProducts.Of(values[x], values[w], bias < 0 ? default : values[bias], kind, Apply);

        static TensorHandle Apply(TensorHandle input, TensorHandle weight, TensorHandle summand) =>
            Dispatcher.Call1(_linear, [Slot.Of(input), Slot.Of(weight), summand.IsNull ? Slot.None : Slot.Optional(summand)]);
    }

    private static Kernel Convolved(Conv2d function, Node node, LoweringContext context)
    {
        var convolution = Direct(function.Stride, function.Padding, function.Dilation, function.Groups);
        int x = node.Arguments[0];
        int w = node.Arguments[1];
        int bias = node.Arguments.Length == 3 ? node.Arguments[2] : -1;
        int y = node.Results[0];
        var kind = context.Device.Kind;
        if (context is { Fused: true, OwnLoops: true, Precision: Precision.Float32 } && context.IsFixed(w))
        {
            var (image, weight, result) = (context.Sizes(x), context.Sizes(w), context.Sizes(y));
            if (SmallConvolution.Is(function, image, weight, result))
            {
                return On(MemoryFormat.Contiguous, new SmallConvolution(function, image, weight, result).Forward);
            }

            if (SmallDepthwise.Is(function, image, weight, result))
            {
                return On(MemoryFormat.Contiguous, new SmallDepthwise(function, image, weight, result).Forward);
            }

            if (OneDnn.IsTrusted && LastChannels.Packs(context, x))
            {
                var packed = convolution.Packed();
                context.Keep(packed);
                return On(MemoryFormat.ChannelsLast, packed.Forward);
            }
        }

        if (!context.ChannelsLast)
        {
            return values => values[y] = convolution.Forward(values[x], values[w], bias < 0 ? default : values[bias], kind);
        }

        return On(Format(context, w, x, y), (input, kernel, summand) => convolution.Forward(input, kernel, summand, kind));

        Kernel On(MemoryFormat format, Func<TensorHandle, TensorHandle, TensorHandle, TensorHandle> forward) => values =>
        {
            var input = TensorFactory.Contiguous(values[x], format);
            values[y] = forward(input, values[w], bias < 0 ? default : values[bias]);
            input.Delete();
        };
    }

    // The adjoint of a convolution in its input: only the sizes of that input matter, so its memory is never touched.
    private static Kernel Transposed(ConvTranspose2d function, Node node, LoweringContext context)
    {
        var convolution = Direct(function.Stride, function.Padding, function.Dilation, function.Groups);
        int x = node.Arguments[0];
        int w = node.Arguments[1];
        int bias = node.Arguments.Length == 3 ? node.Arguments[2] : -1;
        int y = node.Results[0];
        var sizes = context.Sizes(y);
        var (storage, device, format) = (context.Storage, context.Device, Format(context, w, x, y));
        bool last = format == MemoryFormat.ChannelsLast;
        return values =>
        {
            var input = last ? LastChannels.Empty(sizes, storage, device) : TensorFactory.Empty(sizes, storage, device);
            var result = convolution.Backward(values[x], input, values[w], true, false, false, device.Kind).Input;
            input.Delete();
            values[y] = bias < 0 ? result : DirectConvolution.WithBias(result, values[bias], device.Kind);
        };
    }

    private static Kernel Weighted(Conv2dWeight function, Node node, LoweringContext context)
    {
        var convolution = Direct(function.Stride, function.Padding, function.Dilation, function.Groups);
        int x = node.Arguments[0];
        int g = node.Arguments[1];
        int y = node.Results[0];
        var sizes = context.Sizes(y);
        var (storage, device, format) = (context.Storage, context.Device, Format(context, y, x, g));
        return values =>
        {
            var weight = TensorFactory.Empty(sizes, storage, device);
            var image = TensorFactory.Contiguous(values[x], format);
            values[y] = convolution.Backward(values[g], image, weight, false, true, false, device.Kind).Weight;
            image.Delete();
            weight.Delete();
        };
    }

    private static MemoryFormat Format(LoweringContext context, int weight, int input, int output) =>
        context.ChannelsLast
        && LastChannels.Pay(context.Type(weight).Shape.Count64, context.Type(input).Shape.Count64 + context.Type(output).Shape.Count64)
            ? MemoryFormat.ChannelsLast
            : MemoryFormat.Contiguous;

    private static DirectConvolution Direct(IntVector stride, IntVector padding, IntVector dilation, int groups) =>
        new(StructureKernels.Longs(stride), StructureKernels.Longs(padding), StructureKernels.Longs(dilation), groups);
}
