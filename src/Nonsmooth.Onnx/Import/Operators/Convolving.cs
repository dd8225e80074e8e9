using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Import;

/// <summary>Convolutions and their transposes.</summary>
internal static class Convolving
{
    public static IEnumerable<OperatorRow> Rows =>
    [
        Row.Of("Conv", n => Conv(n, n.Real(0), n.Real(1), n.Has(2) ? n.Real(2) : null)),
        Row.Of("ConvTranspose", ConvTranspose),
        Row.Of("ConvInteger", ConvInteger),
        Row.Of("Col2Im", Col2Im),
    ];

    /// <summary>A convolution as a node's attributes say.</summary>
    public static Variable Conv(NodeContext n, Variable x, Variable weight, Variable? bias)
    {
        if (weight.Shape.Rank < 3)
        {
            throw new OnnxException($"a weight of {weight.Shape} is none of a convolution");
        }

        return Functions.Conv(x, weight, bias, Windows.Of(n, x.Shape, [.. weight.Shape[2..]]).Windowing(), n.Small("group", 1));
    }

    private static Variable ConvTranspose(NodeContext n)
    {
        var (x, weight) = (n.Real(0), n.Real(1));
        if (weight.Shape.Rank < 3)
        {
            throw new OnnxException($"a weight of {weight.Shape} is none of a convolution");
        }

        var w = Windows.Of(n, x.Shape, [.. weight.Shape[2..]]);
        int axes = w.Axes;
        int[] extra = n.Many("output_padding") is { } o ? [.. o.Select(v => (int)v)] : new int[axes];
        int[]? wanted = n.Many("output_shape") is { } s ? [.. s.Select(v => (int)v).TakeLast(axes)] : null;
        if (extra.Length != axes || wanted?.Length < axes)
        {
            throw new OnnxException($"output_padding and output_shape need one number for each of {axes} axes");
        }

        string auto = n.Text("auto_pad", "NOTSET");
        var (before, after) = ((int[])w.Before.Clone(), (int[])w.After.Clone());
        for (int i = 0; i < axes; i++)
        {
            int? size = wanted?[i] ?? (auto.StartsWith("SAME", StringComparison.Ordinal) ? x.Shape[i + 2] * w.Strides[i] : null);
            if (size is { } given)
            {
                int total = ((x.Shape[i + 2] - 1) * w.Strides[i]) + ((w.Kernel[i] - 1) * w.Dilations[i]) + 1 + extra[i] - given;
                before[i] = auto == "SAME_UPPER" ? total >> 1 : total - (total >> 1);
                after[i] = total - before[i];
            }
        }

        return Functions.ConvTranspose(x, weight, n.Has(2) ? n.Real(2) : null, (w with { Before = before, After = after }).Windowing(), extra, n.Small("group", 1));
    }

    private static Variable ConvInteger(NodeContext n)
    {
        var (x, weight) = (n.Real(0), n.Real(1));
        x = n.Has(2) ? x - n.Real(2) : x;
        if (n.Has(3))
        {
            var zero = n.Real(3);
            weight -= zero.Shape.Count64 == 1 ? zero.Reshape(Shape.Scalar) : zero.Reshape(zero.Shape.Concat(new Shape([.. Enumerable.Repeat(1, weight.Shape.Rank - 1)])));
        }

        return Functions.Cast(Conv(n, x, weight, null), ElementKind.Index);
    }

    private static Variable Col2Im(NodeContext n)
    {
        int[] sizes = [.. n.Integers(1).Select(v => (int)v)];
        int[] kernel = [.. n.Integers(2).Select(v => (int)v)];
        var w = Windows.Of(n, new Shape([1, 1, .. sizes]), kernel);
        return Functions.Fold(n.Real(0), sizes, kernel, w.Windowing());
    }
}
