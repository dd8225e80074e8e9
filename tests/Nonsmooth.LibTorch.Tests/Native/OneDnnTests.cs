using Nonsmooth.Differentiation;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using static Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.LibTorch.Tests.Native;

/// <summary>
/// Convolutions of whole numbers, whose sums are exact in any order, on this processor: channels beside multiples of 8 and 16 are where
/// kernels that misread the processor's caches go wrong, in silence.
/// </summary>
public sealed class OneDnnTests
{
    public static TheoryData<int, int, int, int> Sizes => new MatrixTheoryData<int, int, int, int>([1, 20, 24, 72], [6, 16, 40], [1, 5], [3, 5]);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void ConvolutionsAndTheirGradientsAreExact(int inputs, int outputs, int height, int width)
    {
        var program = Program.Trace(
            (x, w) => (Conv2d(x, w) * Conv2d(x, w)).Sum(false), new Shape(1, inputs, 9, 9), new Shape(outputs, inputs, height, width))
            .Backprop(new BackpropOptions { WithRespectTo = ["x", "w"] });
        double[] image = Whole(inputs * 81, 7), weight = Whole(outputs * inputs * height * width, 3);
        double[][] narrow = Run(TorchDtype.Float32, Precision.Float32), wide = Run(TorchDtype.Float64, Precision.Float64);

        // The sum of squares itself may be beyond 24 bits.
        Assert.Equal(wide[1], narrow[1]);
        Assert.Equal(wide[2], narrow[2]);

        double[][] Run(TorchDtype dtype, Precision precision)
        {
            using var compiled = new LibTorchExecutor(new ExecutionOptions { Precision = precision }).Compile(program);
            using var x = TorchTensor.FromSpan<double>(image, [1, inputs, 9, 9]).To(dtype);
            using var w = TorchTensor.FromSpan<double>(weight, [outputs, inputs, height, width]).To(dtype);
            return [.. compiled.Call(x, w).Select(y => y.To(TorchDtype.Float64).ToArray<double>())];
        }
    }

    private static double[] Whole(int count, int step) => [.. Enumerable.Range(0, count).Select(i => (((i * 31) + step) * 17 % 23 % 3) - 1.0)];
}
