using System.Runtime.CompilerServices;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>A convolution of one channel with one kernel each, of so few multiply-adds that a call of libtorch's costs several times as much.</summary>
/// <remarks>Each number of the result is the sum over the kernel's rows and columns in that order, on one thread.</remarks>
internal sealed unsafe class SmallDepthwise(Conv2d function, long[] image, long[] weight, long[] result)
{
    // Multiply-adds.
    private const long Most = 50_000;

    private readonly int _rows = (int)image[2];
    private readonly int _columns = (int)image[3];
    private readonly int _outputRows = (int)result[2];
    private readonly int _outputColumns = (int)result[3];

    /// <summary>Whether it is one of those.</summary>
    public static bool Is(Conv2d function, long[] image, long[] weight, long[] result) =>
        function.Groups == image[1] && result[1] == image[1] && weight[2] * weight[3] * result[0] * result[1] * result[2] * result[3] <= Most;

    /// <summary>Of row-major tensors of 32 bits; <c>default</c> bias is none.</summary>
    public TensorHandle Forward(TensorHandle x, TensorHandle w, TensorHandle bias)
    {
        var y = TensorFactory.Empty(result, TorchDtype.Float32, Device.Cpu);
        float* source = (float*)x.Data, weights = (float*)w.Data, target = (float*)y.Data;
        float* biases = bias.IsNull ? null : (float*)bias.Data;
        int taps = (int)(weight[2] * weight[3]);
        for (long plane = 0; plane < result[0] * result[1]; plane++)
        {
            long channel = plane % result[1];
            Plane(source, weights + (channel * taps), target, biases is null ? 0 : biases[channel]);
            source += _rows * _columns;
            target += _outputRows * _outputColumns;
        }

        return y;
    }

    // Code that runs a few times a second would else stay as first compiled.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Plane(float* source, float* weights, float* target, float bias)
    {
        int stride = function.Stride[1];
        for (int r = 0; r < _outputRows; r++)
        {
            float* row = target + (r * _outputColumns);
            new Span<float>(row, _outputColumns).Fill(bias);
            for (int kr = 0; kr < weight[2]; kr++)
            {
                int from = (r * function.Stride[0]) - function.Padding[0] + (kr * function.Dilation[0]);
                if ((uint)from >= (uint)_rows)
                {
                    continue;
                }

                for (int kc = 0; kc < weight[3]; kc++)
                {
                    int shift = (kc * function.Dilation[1]) - function.Padding[1];
                    int first = shift >= 0 ? 0 : (-shift + stride - 1) / stride;
                    int end = Math.Min(_outputColumns, _columns - shift <= 0 ? 0 : ((_columns - shift - 1) / stride) + 1);
                    float* at = source + ((long)from * _columns) + shift;
                    float factor = weights[(kr * weight[3]) + kc];
                    for (int c = first; c < end; c++)
                    {
                        row[c] += factor * at[c * stride];
                    }
                }
            }
        }
    }
}
