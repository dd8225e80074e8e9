using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>A convolution of one small image, without groups or padding, as the product of the weight and the image's windows: a cheaper call.</summary>
internal sealed class SmallConvolution
{
    // Elements of all windows.
    private const long Most = 20_000;

    private static readonly OperatorName _mm = new("mm");
    private static readonly long[] _row = [1, 1];

    private readonly long[] _windows;
    private readonly long[] _steps;
    private readonly long[] _result;
    private readonly long _depth;
    private readonly long _pixels;

    public SmallConvolution(Conv2d function, long[] image, long[] weight, long[] result)
    {
        long columns = image[3];
        _result = result;
        _windows = [image[1], weight[2], weight[3], result[2], result[3]];
        _steps = [image[2] * columns, function.Dilation[0] * columns, function.Dilation[1], function.Stride[0] * columns, function.Stride[1]];
        _depth = image[1] * weight[2] * weight[3];
        _pixels = result[2] * result[3];
    }

    /// <summary>Whether it is one of those.</summary>
    public static bool Is(Conv2d function, long[] image, long[] weight, long[] result) =>
        image[0] == 1 && function.Groups == 1 && function.Padding.All(p => p == 0) && weight[1] * weight[2] * weight[3] * result[2] * result[3] <= Most;

    /// <summary>Of row-major tensors; <c>default</c> bias is none.</summary>
    public TensorHandle Forward(TensorHandle x, TensorHandle w, TensorHandle bias)
    {
        var windows = TensorFactory.View(x, _windows, _steps, TensorFactory.Offset(x));
        var copy = TensorFactory.Contiguous(windows);
        windows.Delete();
        var pixels = TensorFactory.View(copy, [_depth, _pixels], [_pixels, 1], TensorFactory.Offset(copy));
        copy.Delete();
        var weight = TensorFactory.View(w, [_result[1], _depth], [_depth, 1], TensorFactory.Offset(w));
        var product = Dispatcher.Call1(_mm, [Slot.Take(weight), Slot.Take(pixels)]);
        if (!bias.IsNull)
        {
            var column = TensorFactory.View(bias, [_result[1], 1], _row, TensorFactory.Offset(bias));
            var sum = DirectOperators.For(DeviceKind.Cpu).Add(product, column);
            column.Delete();
            product.Delete();
            product = sum;
        }

        var y = TensorFactory.View(product, _result, [_result[1] * _pixels, _pixels, _result[3], 1], 0);
        product.Delete();
        return y;
    }
}
