using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>What the three adjoints of a convolution share.</summary>
internal readonly record struct ConvolutionAttributes(IntVector Stride, IntVector Padding, IntVector Dilation, int Groups)
{
    public void Check()
    {
        AxisWindows.Pair(Stride, "stride", 1);
        AxisWindows.Pair(Padding, "padding", 0);
        AxisWindows.Pair(Dilation, "dilation", 1);
        if (Groups < 1)
        {
            throw new ShapeException($"groups is {Groups}: give at least 1");
        }
    }

    public AxisWindows Windows(int axis, int input, int output, int kernel) =>
        AxisWindows.Sliding(input, output, kernel, Stride[axis], Padding[axis], Dilation[axis]);

    public override string ToString() => $"stride={Stride}, padding={Padding}, dilation={Dilation}, groups={Groups}";

    /// <summary>Checks a bias, one number an output channel.</summary>
    public static void CheckBias(IReadOnlyList<TensorType> arguments, int channels)
    {
        if (arguments.Count == 3 && !arguments[2].Shape.Equals(new Shape(channels)))
        {
            throw new ShapeException($"argument 2, the bias, is {arguments[2].Shape}: the weight, {arguments[1].Shape}, takes one of {channels}");
        }
    }
}
