using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

public static partial class Functions
{
    /// <summary>The convolution (cross-correlation) over any number of axes, with any borders.</summary>
    /// <param name="x">[N, Ci, axes…].</param>
    /// <param name="weight">[Co, Ci/groups, kernel…].</param>
    /// <param name="bias">[Co], or none.</param>
    /// <param name="windowing">How windows slide; null for steps of 1 without border. Borders are 0, negative ones crop.</param>
    /// <param name="groups">Blocks of channels that do not mix.</param>
    /// <returns>[N, Co, windows…].</returns>
    /// <remarks>
    /// Over three axes and more it is a convolution of planes whose channels are the places of a window on the outer axes: its
    /// multiply-adds are those of <see cref="Dictionary.Conv2d"/>, with the products by the border of the outer axes counted.
    /// </remarks>
    /// <exception cref="ShapeException">The shapes do not fit; the message names them.</exception>
    public static Variable Conv(Variable x, Variable weight, Variable? bias = null, Windowing? windowing = null, int groups = 1)
    {
        int axes = Axes(x, weight, windowing?.CeilMode == true);
        windowing ??= new();
        var (padding, padded) = Bordered(x, windowing, axes);
        var (strides, dilations) = (windowing.Strides(Ones(axes)), windowing.Dilations(axes));
        if (axes > 2)
        {
            return Outer(padded, weight, bias, padding, strides, dilations, groups);
        }

        var function = new Conv2d(Two(strides, 1), Two(padding, 0), Two(dilations, 1), groups);
        var (planes, kernels) = (Plane(padded, axes), weight.Reshape(weight.Shape[..2].Concat(Two(weight.Shape, axes))));
        var y = bias is null ? planes.Builder.Apply(function, planes, kernels) : planes.Builder.Apply(function, planes, kernels, bias);
        return axes == 2 ? y : y.Reshape(y.Shape[..2].Concat(y.Shape[3..]));
    }

    /// <summary>The transposed convolution over any number of axes: numbers are spread by kernels.</summary>
    /// <param name="x">[N, Ci, axes…].</param>
    /// <param name="weight">[Ci, Co/groups, kernel…].</param>
    /// <param name="bias">[Co], or none.</param>
    /// <param name="windowing">How the convolution slides of which this is the transpose: its borders are cut, negative ones add zeros.</param>
    /// <param name="outputPadding">What is added after each axis of the result; null for 0.</param>
    /// <param name="groups">Blocks of channels that do not mix.</param>
    /// <returns>[N, Co, …], (size − 1)·stride + dilation·(kernel − 1) + 1 + output padding less the borders on each axis.</returns>
    /// <exception cref="ShapeException">The shapes do not fit; the message names them.</exception>
    public static Variable ConvTranspose(
        Variable x, Variable weight, Variable? bias = null, Windowing? windowing = null, IntVector? outputPadding = null, int groups = 1)
    {
        int axes = Axes(x, weight, windowing?.CeilMode == true);
        windowing ??= new();
        outputPadding ??= new int[axes];
        var (strides, dilations) = (windowing.Strides(Ones(axes)), windowing.Dilations(axes));
        if (axes <= 2 && windowing.IsEven(axes) && Enumerable.Range(0, axes).All(a => outputPadding[a] < strides[a]))
        {
            return Spread(x, weight, bias, new(Two(strides, 1), Two(windowing.Borders(axes), 0), Two(outputPadding, 0), Two(dilations, 1), groups));
        }

        var y = axes > 2
            ? OuterTransposed(x, weight, strides, dilations, groups)
            : Spread(x, weight, null, new(Two(strides, 1), [0, 0], [0, 0], Two(dilations, 1), groups));
        var (before, after) = (new int[y.Shape.Rank], new int[y.Shape.Rank]);
        for (int a = 0; a < axes; a++)
        {
            var (_, low, high, _) = windowing.Of(a, axes, 1);
            (before[2 + a], after[2 + a]) = (-low, outputPadding[a] - high);
        }

        y = Pad(y, before, after, PadMode.Constant);
        return bias is null ? y : y + bias.Reshape(new Shape([bias.Shape.Elements, .. Ones(axes)]));
    }

    private static int Axes(Variable x, Variable weight, bool ceilMode) => x.Shape.Rank >= 3 && weight.Shape.Rank == x.Shape.Rank && !ceilMode
        ? x.Shape.Rank - 2
        : throw new ShapeException($"a convolution of {x.Shape} by {weight.Shape}{(ceilMode ? " that reaches beyond the border" : "")}: give a batch, channels and at least one axis each, and no ceil mode");

    private static IntVector Ones(int axes) => Enumerable.Repeat(1, axes).ToArray();

    private static Shape Two(Shape shape, int axes) => axes == 1 ? new Shape(1, shape[^1]) : shape[^2..];

    // What both ends have in common is left to the convolution, which does not multiply it.
    private static (IntVector Common, Variable Padded) Bordered(Variable x, Windowing windowing, int axes)
    {
        var common = new int[axes];
        var (before, after) = (new int[x.Shape.Rank], new int[x.Shape.Rank]);
        for (int a = 0; a < axes; a++)
        {
            var (_, low, high, _) = windowing.Of(a, axes, 1);
            common[a] = Math.Max(0, Math.Min(low, high));
            (before[2 + a], after[2 + a]) = (low - common[a], high - common[a]);
        }

        return (common, Pad(x, before, after, PadMode.Constant));
    }

    private static Variable Outer(Variable x, Variable weight, Variable? bias, IntVector padding, IntVector strides, IntVector dilations, int groups)
    {
        var windows = new Windowing { Before = [padding[0]], Stride = [strides[0]], Dilation = [dilations[0]] }.Along(x.Shape[..3], [weight.Shape[2]])[0];
        var rest = x.Shape[3..];
        var (batch, channels, taps) = (x.Shape[0], x.Shape[1], weight.Shape[2]);
        int[] inner = [.. Enumerable.Range(4, rest.Rank)];
        var places = windows.Places(out _);
        var depths = x.Along(2, AxisMap.Of(windows.Input, places.Select(p => p < 0 ? [] : new[] { (p, 1.0) })))
            .Reshape(new Shape([batch, channels, windows.Output, taps, .. rest])).Transpose([0, 2, 1, 3, .. inner])
            .Reshape(new Shape([batch * windows.Output, channels * taps, .. rest]));
        var kernels = weight.Reshape(new Shape([weight.Shape[0], weight.Shape[1] * taps, .. weight.Shape[3..]]));
        var y = Conv(depths, kernels, bias, new() { Before = padding.Skip(1).ToArray(), Stride = strides.Skip(1).ToArray(), Dilation = dilations.Skip(1).ToArray() }, groups);
        return y.Reshape(new Shape([batch, windows.Output, .. y.Shape[1..]])).Transpose([0, 2, 1, .. Enumerable.Range(3, rest.Rank)]);
    }

    private static Variable Spread(Variable x, Variable weight, Variable? bias, ConvTranspose2d function)
    {
        int axes = x.Shape.Rank - 2;
        var (planes, kernels) = (Plane(x, axes), weight.Reshape(weight.Shape[..2].Concat(Two(weight.Shape, axes))));
        var y = bias is null ? x.Builder.Apply(function, planes, kernels) : x.Builder.Apply(function, planes, kernels, bias);
        return axes == 2 ? y : y.Reshape(y.Shape[..2].Concat(y.Shape[3..]));
    }

    private static Variable OuterTransposed(Variable x, Variable weight, IntVector strides, IntVector dilations, int groups)
    {
        var (batch, depth, taps) = (x.Shape[0], x.Shape[2], weight.Shape[2]);
        int[] inner = [.. Enumerable.Range(3, x.Shape.Rank - 3)];
        var planes = x.Transpose([0, 2, 1, .. inner]).Reshape(new Shape([batch * depth, x.Shape[1], .. x.Shape[3..]]));
        var kernels = weight.Reshape(new Shape([weight.Shape[0], weight.Shape[1] * taps, .. weight.Shape[3..]]));
        var y = ConvTranspose(planes, kernels, null, new() { Stride = strides.Skip(1).ToArray(), Dilation = dilations.Skip(1).ToArray() }, null, groups);
        int channels = y.Shape[1] / taps;
        int size = ((depth - 1) * strides[0]) + (dilations[0] * (taps - 1)) + 1;
        var spread = AxisMap.Of(size, Enumerable.Range(0, depth * taps).Select(i => new[] { ((i / taps * strides[0]) + (i % taps * dilations[0]), 1.0) })).Transposed;
        return y.Reshape(new Shape([batch, depth, channels, taps, .. y.Shape[2..]])).Transpose([0, 2, 1, 3, .. inner.Select(a => a + 1)])
            .Reshape(new Shape([batch, channels, depth * taps, .. y.Shape[2..]])).Along(2, spread);
    }
}
