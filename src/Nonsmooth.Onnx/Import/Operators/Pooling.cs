using Nonsmooth.Dictionary;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Import;

/// <summary>Pooling along one or two axes, and over all of them.</summary>
internal static class Pooling
{
    public static IEnumerable<OperatorRow> Rows =>
    [
        Row.Many("MaxPool", MaxPool),
        Row.Of("AveragePool", AveragePool),
        Row.Of("LpPool", LpPool),
        Row.Of("GlobalAveragePool", n => n.Real(0).Mean(true, Space(n))),
        Row.Of("GlobalMaxPool", n => n.Real(0).Max(true, Space(n))),
        Row.Of("GlobalLpPool", n => n.Real(0).Norm(n.Attribute("p", 2), true, Space(n))),
    ];

    private static int[] Space(NodeContext n) => [.. Enumerable.Range(2, n.Shape(0).Rank - 2)];

    private static Variable Line(Variable x) => x.Reshape(x.Shape[..2].Concat(new Shape(1)).Concat(x.Shape[2..]));

    /// <summary>Windows along one axis as those of a plane; along three and more there are none.</summary>
    private static (Variable X, Windows Windows, bool IsLine) Plane(NodeContext n)
    {
        var x = n.Real(0);
        int[] kernel = n.Many("kernel_shape") is { } k ? [.. k.Select(v => (int)Math.Clamp(v, 0, int.MaxValue))] : throw new OnnxException("it has no kernel_shape: the file is damaged");
        var w = Windows.Of(n, x.Shape, kernel);
        return w.Axes switch
        {
            1 => (Line(x), w.AsPlane, true),
            2 => (x, w, false),
            _ => throw new Refusal($"pooling along {w.Axes} axes is not supported: along 1 and 2 it is"),
        };
    }

    private static Variable Back(Variable y, bool isLine) => isLine ? y.Reshape(y.Shape[..2].Concat(y.Shape[3..])) : y;

    /// <summary>How many windows there are along an axis, and how far the last one reaches beyond what is padded.</summary>
    private static (int Count, int Over) Reach(Windows w, int axis, int size, bool ceil)
    {
        int padded = size + w.Before[axis] + w.After[axis];
        int reach = ((w.Kernel[axis] - 1) * w.Dilations[axis]) + 1;
        int count = ((padded - reach + (ceil ? w.Strides[axis] - 1 : 0)) / w.Strides[axis]) + 1;

        // A window that begins in the padding behind, or beyond it, is none.
        if (ceil && (count - 1) * w.Strides[axis] >= size + w.Before[axis])
        {
            count--;
        }

        return (count, Math.Max(0, ((count - 1) * w.Strides[axis]) + reach - padded));
    }

    private static Pair Pairs(int[] values) => (values[0], values[1]);

    private static IReadOnlyList<ImportValue?> MaxPool(NodeContext n)
    {
        var (x, w, isLine) = Plane(n);
        bool ceil = n.Flag("ceil_mode");
        var (height, width) = (x.Shape[2], x.Shape[3]);
        int[] over = [.. Enumerable.Range(0, 2).Select(i => Reach(w, i, x.Shape[i + 2], ceil).Over)];
        bool isPlain = w.IsSymmetric && !ceil && Enumerable.Range(0, 2).All(i => 2 * w.Before[i] <= ((w.Kernel[i] - 1) * w.Dilations[i]) + 1);
        var (before, after) = isPlain ? ([0, 0], new int[] { 0, 0 }) : (w.Before, w.After.Zip(over, (a, o) => a + o).ToArray());
        if (!isPlain)
        {
            x = Functions.Pad(x, [0, 0, .. before], [0, 0, .. after], PadMode.Constant, double.NegativeInfinity);
        }

        var results = n.Builder.ApplyAll(new MaxPool2d(Pairs(w.Kernel), Pairs(w.Strides), isPlain ? Pairs(w.Before) : (Pair)0, Pairs(w.Dilations)), x);
        var values = n[0].Kind == ElementKind.Index ? Functions.Cast(results[0], ElementKind.Index) : results[0];
        if (!n.Wants(1))
        {
            return [n.Result(Back(values, isLine))];
        }

        return [n.Result(Back(values, isLine)), new Traced(Back(Flat(n, results[1], x.Shape, before, height, width), isLine), OnnxDataType.Int64)];
    }

    // ONNX counts places over the whole tensor, not over each plane, and without what was padded.
    private static Variable Flat(NodeContext n, Variable index, Shape padded, int[] before, int height, int width)
    {
        var b = n.Builder;
        var columns = Integers.Number(b, padded[3]);
        var row = Functions.Combine(IndexOperation.Subtract, Functions.Combine(IndexOperation.FloorDivide, index, columns), Integers.Number(b, before[0]));
        var column = Functions.Combine(IndexOperation.Subtract, Functions.Combine(IndexOperation.Remainder, index, columns), Integers.Number(b, before[1]));
        bool byColumns = n.Flag("storage_order");
        var place = Functions.Combine(
            IndexOperation.Add,
            Functions.Combine(IndexOperation.Multiply, byColumns ? column : row, Integers.Number(b, byColumns ? height : width)),
            byColumns ? row : column);
        long plane = (long)height * width;
        return Functions.Combine(IndexOperation.Add, place, b.Constant(Tensor.Generate(new Shape(index.Shape[0], index.Shape[1], 1, 1), i => i * plane)));
    }

    /// <summary>Sums over windows, of what is padded with zeros.</summary>
    private static Variable Sums(Variable x, Windows w, int[] over)
    {
        var padded = w.IsPadded || over.Any(o => o > 0) ? Functions.Pad(x, [0, 0, .. w.Before], [0, 0, .. w.After.Zip(over, (a, o) => a + o)]) : x;
        if (w.Dilations.All(d => d == 1))
        {
            return x.Builder.Apply(new AvgPool2d(Pairs(w.Kernel), Pairs(w.Strides), (Pair)0, FixedDivisor: 1), padded);
        }

        var y = padded;
        for (int axis = 0; axis < 2; axis++)
        {
            int size = y.Shape[axis + 2];
            int count = ((size - ((w.Kernel[axis] - 1) * w.Dilations[axis]) - 1) / w.Strides[axis]) + 1;
            var (kernel, stride, dilation) = (w.Kernel[axis], w.Strides[axis], w.Dilations[axis]);
            y = y.Along(axis + 2, AxisMap.Of(size, Enumerable.Range(0, count).Select(i => Enumerable.Range(0, kernel).Select(k => ((i * stride) + (k * dilation), 1.0)))));
        }

        return y;
    }

    private static Variable AveragePool(NodeContext n)
    {
        var (x, w, isLine) = Plane(n);
        bool ceil = n.Flag("ceil_mode");
        bool counts = n.Flag("count_include_pad");
        if (w.IsSymmetric && !ceil && w.Dilations.All(d => d == 1) && Enumerable.Range(0, 2).All(i => 2 * w.Before[i] <= w.Kernel[i]))
        {
            return Back(Functions.AvgPool2d(x, Pairs(w.Kernel), Pairs(w.Strides), Pairs(w.Before), counts), isLine);
        }

        int[] over = [.. Enumerable.Range(0, 2).Select(i => Reach(w, i, x.Shape[i + 2], ceil).Over)];
        double[][] numbers = [.. Enumerable.Range(0, 2).Select(i => Cells(w, i, x.Shape[i + 2], ceil, counts))];
        int columns = numbers[1].Length;
        var share = n.Builder.Constant(Tensor.Generate(new Shape(numbers[0].Length, columns), i => 1 / (numbers[0][i / columns] * numbers[1][i % columns])));
        return Back(Sums(x, w, over) * share, isLine);
    }

    /// <summary>How many cells of each window count: those of the tensor, with the padding or without; those beyond never do.</summary>
    private static double[] Cells(Windows w, int axis, int size, bool ceil, bool counts)
    {
        var (first, last) = counts ? (0, size + w.Before[axis] + w.After[axis]) : (w.Before[axis], w.Before[axis] + size);
        return [.. Enumerable.Range(0, Reach(w, axis, size, ceil).Count).Select(i => (double)Enumerable.Range(0, w.Kernel[axis])
            .Select(k => (i * w.Strides[axis]) + (k * w.Dilations[axis])).Count(at => at >= first && at < last))];
    }

    private static Variable LpPool(NodeContext n)
    {
        var (x, w, isLine) = Plane(n);
        double p = n.Attribute("p", 2);
        int[] over = [.. Enumerable.Range(0, 2).Select(i => Reach(w, i, x.Shape[i + 2], n.Flag("ceil_mode")).Over)];
        if (p == 2 && !w.IsPadded && over.All(o => o == 0) && w.Dilations.All(d => d == 1))
        {
            return Back(Functions.NormPool2d(x, Pairs(w.Kernel), Pairs(w.Strides)), isLine);
        }

        var size = p == 2 ? Functions.Square(x) : p == 1 ? Functions.Abs(x) : Functions.Pow(Functions.Abs(x), p);
        var sums = Sums(size, w, over);
        return Back(p == 2 ? Functions.Sqrt(sums) : p == 1 ? sums : Functions.Pow(sums, 1 / p), isLine);
    }
}
