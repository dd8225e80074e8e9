using Nonsmooth.Dictionary;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Export;

/// <content>Reductions, products, convolutions, pools, norms.</content>
internal static partial class ExportTable
{
    private static string Reduced(ExportContext c, string op, string x, IEnumerable<int> axes, bool keep)
    {
        bool takesInput = op == "ReduceSum" || c.Opset >= 18;
        if (!axes.Any())
        {
            return x;
        }

        var keeps = OnnxAttribute.Of("keepdims", keep ? 1 : 0);
        return takesInput ? c.Add(op, [x, c.Integers(axes)], keeps) : c.Add(op, [x], OnnxAttribute.Of("axes", [.. axes.Select(i => (long)i)]), keeps);
    }

    private static void Reductions()
    {
        Add<Sum>((c, f, a) => Reduced(c, "ReduceSum", a[0], f.Axes, f.KeepAxes));
        Add<Mean>((c, f, a) => Reduced(c, "ReduceMean", a[0], f.Axes, f.KeepAxes));
        Add<ReduceExtremum>((c, f, a) => Reduced(c, f.Largest ? "ReduceMax" : "ReduceMin", a[0], f.Axes, f.KeepAxes));
        Add<Product>((c, f, a) => Reduced(c, "ReduceProd", a[0], f.Axes, f.KeepAxes));
        Add<LogSumExp>((c, f, a) => Reduced(c, "ReduceLogSumExp", a[0], f.Axes, f.KeepAxes));
        Add<Norm>((c, f, a) => f.Order switch
        {
            1 => Reduced(c, "ReduceL1", f.Axes.Count == 0 ? c.Add("Abs", a) : a[0], f.Axes, f.KeepAxes),
            2 => Reduced(c, "ReduceL2", f.Axes.Count == 0 ? c.Add("Abs", a) : a[0], f.Axes, f.KeepAxes),
            _ => Reduced(c, "ReduceMax", c.Add("Abs", a), f.Axes, f.KeepAxes),
        });
        Add<Softmax>((c, f, a) => c.Add("Softmax", a, OnnxAttribute.Of("axis", f.Axis)));
        Add<LogSoftmax>((c, f, a) => c.Add("LogSoftmax", a, OnnxAttribute.Of("axis", f.Axis)));
        Add<CumulativeSum>((c, f, a) => c.Add("CumSum", [a[0], c.Integer(f.Axis)], OnnxAttribute.Of("reverse", f.Reverse ? 1 : 0)));
        Add<ArgMax>((c, f, a) => c.Add("ArgMax", a, OnnxAttribute.Of("axis", f.Axis), OnnxAttribute.Of("keepdims", 0)));
        Add<TieWeights>(Weighted);
        Many<TopK>((c, f, a) => Top(c, a[0], f.K, f.Axis, f.Largest));
        Many<Sort>((c, f, a) => Top(c, a[0], c.Types[0].Shape[f.Axis], f.Axis, f.Descending));
    }

    private static string[] Top(ExportContext c, string x, int k, int axis, bool largest) =>
        c.AddMany("TopK", [x, c.Integers(k)], 2, OnnxAttribute.Of("axis", axis), OnnxAttribute.Of("largest", largest ? 1 : 0));

    private static long[] Longs(params IEnumerable<int> values) => [.. values.Select(v => (long)v)];

    private static string Swapped(ExportContext c, string x, int rank) =>
        c.Add("Transpose", [x], OnnxAttribute.Of("perm", Longs([.. Enumerable.Range(0, rank - 2), rank - 1, rank - 2])));

    private static void Algebra()
    {
        Add<Dot>("MatMul");
        Add<MatMul>((c, f, a) => c.Add("MatMul", [f.TransposeLeft ? Swapped(c, a[0], c.Types[0].Shape.Rank) : a[0], f.TransposeRight ? Swapped(c, a[1], c.Types[1].Shape.Rank) : a[1]]));
        Add<Linear>((c, _, a) =>
        {
            if (c.Types[0].Shape.Rank == 2)
            {
                return c.Add("Gemm", a, OnnxAttribute.Of("transB", 1));
            }

            string y = c.Add("MatMul", [a[0], Swapped(c, a[1], 2)]);
            return a.Length == 3 ? c.Add("Add", [y, a[2]]) : y;
        });
        Add<Conv2d>((c, f, a) => c.Add("Conv", a, Windows(f.Stride, f.Padding, f.Dilation, f.Groups)));
        Add<ConvTranspose2d>((c, f, a) => c.Add("ConvTranspose", a, [.. Windows(f.Stride, f.Padding, f.Dilation, f.Groups), OnnxAttribute.Of("output_padding", Longs(f.OutputPadding))]));
        Add<Conv2dWeight>(ConvWeight);
        Many<MaxPool2d>(MaxPool);
        Add<MaxPoolScatter>(Scattered);
        Add<AvgPool2d>((c, f, a) =>
        {
            string y = c.Add("AveragePool", a, [.. Pool(f.Kernel, f.Stride, f.Padding, f.CeilMode), OnnxAttribute.Of("count_include_pad", f.CountIncludePad || f.FixedDivisor is not null ? 1 : 0)]);
            return f.FixedDivisor is not { } divisor ? y
                : !f.CeilMode ? c.Add("Mul", [y, c.Number((double)f.Kernel[0] * f.Kernel[1] / divisor)])
                : throw new NonsmoothException($"{c.Node.Name}: an average pool with a divisor of its own in ceiling mode has no operator of ONNX");
        });
        Add<AdaptiveAvgPool2d>((c, f, a) =>
        {
            var x = c.Types[0].Shape;
            return (f.Rows, f.Columns) == (1, 1) ? c.Add("GlobalAveragePool", a)
                : x[2] % f.Rows == 0 && x[3] % f.Columns == 0 ? c.Add("AveragePool", a, Pool([x[2] / f.Rows, x[3] / f.Columns], [x[2] / f.Rows, x[3] / f.Columns], [0, 0], false))
                : throw new NonsmoothException($"{c.Node.Name}: an adaptive pool of {x} to {f.Rows}×{f.Columns} has windows of several sizes, which ONNX has no operator for");
        });
        Add<AvgPoolSpread>(Spread);
        Add<GridSample>((c, f, a) => c.Types[0].Shape.Rank == 4 && f.Orders.All(o => o == 0)
            ? c.Add("GridSample", a, OnnxAttribute.Of("mode", Mode(c, f.Reading.Mode)), OnnxAttribute.Of("padding_mode", f.Reading.Padding.ToString().ToLowerInvariant()), OnnxAttribute.Of("align_corners", f.Reading.AlignCorners ? 1 : 0))
            : throw new NonsmoothException($"{c.Node.Name}: a grid over {c.Types[0].Shape} or a derivative of one has no operator of ONNX"));
        Add<NormPool2d>((c, f, a) => c.Add("LpPool", a, [.. Pool(f.Kernel, f.Stride, [0, 0], false).Take(2), OnnxAttribute.Of("p", 2)]));
        Add<BatchNormInference>((c, f, a) => c.Add("BatchNormalization", a, OnnxAttribute.Of("epsilon", (float)f.Epsilon)));
    }

    private static OnnxAttribute[] Windows(IntVector stride, IntVector padding, IntVector dilation, int groups) =>
    [
        OnnxAttribute.Of("strides", Longs(stride)), OnnxAttribute.Of("pads", Longs([.. padding, .. padding])), OnnxAttribute.Of("dilations", Longs(dilation)), OnnxAttribute.Of("group", groups),
    ];

    private static OnnxAttribute[] Pool(IntVector kernel, IntVector stride, IntVector padding, bool ceil) =>
    [
        OnnxAttribute.Of("kernel_shape", Longs(kernel)), OnnxAttribute.Of("strides", Longs(stride)), OnnxAttribute.Of("pads", Longs([.. padding, .. padding])), OnnxAttribute.Of("ceil_mode", ceil ? 1 : 0),
    ];

    private static string Mode(ExportContext c, GridMode mode) => mode switch
    {
        GridMode.Nearest => "nearest",
        GridMode.Linear => c.Opset < 20 ? "bilinear" : "linear",
        _ => c.Opset < 20 ? "bicubic" : "cubic",
    };

    // Every mean over its window: a transposed convolution of each channel with one number.
    private static string Spread(ExportContext c, AvgPoolSpread f, string[] a)
    {
        var (g, x) = (c.Types[0].Shape, c.Result().Shape);
        switch (f.Pool)
        {
            case AdaptiveAvgPool2d when g[2] == 1 && g[3] == 1:
                return c.Add("Expand", [c.Add("Mul", [a[0], c.Number(1.0 / (x[2] * x[3]))]), c.Integers(x)]);
            case AvgPool2d { CeilMode: false } pool when pool.CountIncludePad || pool.FixedDivisor is not null || pool.Padding.All(p => p == 0):
                double share = 1.0 / (pool.FixedDivisor ?? (pool.Kernel[0] * pool.Kernel[1]));
                string kernel = c.Table(Tensor.Generate(new Shape(x[1], 1, pool.Kernel[0], pool.Kernel[1]), _ => share));
                int[] rest = [.. Enumerable.Range(0, 2).Select(i => x[i + 2] + (2 * pool.Padding[i]) - pool.Kernel[i] - ((g[i + 2] - 1) * pool.Stride[i]))];
                return c.Add("ConvTranspose", [a[0], kernel], [.. Windows(pool.Stride, pool.Padding, [1, 1], x[1]), OnnxAttribute.Of("output_padding", Longs(rest))]);
            default:
                throw new NonsmoothException($"{c.Node.Name}: the derivative of {f.Pool.Name} with windows of several sizes has no operator of ONNX");
        }
    }

    // What attains the extremum, by equal shares or the first of them.
    private static string Weighted(ExportContext c, TieWeights f, string[] a)
    {
        string attains = c.Add("Cast", [c.Add("Equal", a)], OnnxAttribute.Of("to", (long)c.Real));
        if (f.Rule.Equals(TieRule.Average))
        {
            return c.Add("Where", [c.Add("Equal", a), c.Add("Div", [attains, Reduced(c, "ReduceSum", attains, f.Axes, true)]), c.Number(0)]);
        }

        if (!f.Rule.Equals(TieRule.First) || f.Axes.Count != 1)
        {
            throw new NonsmoothException($"{c.Node.Name}: tied elements that share by {f.Rule} have no operator of ONNX: choose the first or the average");
        }

        string before = c.Add("CumSum", [attains, c.Integer(f.Axes[0])], OnnxAttribute.Of("exclusive", 1));
        return c.Add("Where", [c.Add("Equal", [before, c.Number(0)]), attains, c.Number(0)]);
    }

    // The convolution of the planes with the cotangents, examples as channels, stride and dilation exchanged; each group by itself.
    private static string ConvWeight(ExportContext c, Conv2dWeight f, string[] a)
    {
        var (x, g) = (c.Types[0].Shape, c.Types[1].Shape);
        var weight = c.Result().Shape;
        var (inputs, outputs) = (x[1] / f.Groups, g[1] / f.Groups);
        string Part(string value, int size, int group) => f.Groups == 1 ? value : c.Add("Slice", [value, c.Integers(group * size), c.Integers((group + 1) * size), c.Integers(1)]);
        var parts = new string[f.Groups];
        for (int group = 0; group < f.Groups; group++)
        {
            string planes = c.Add("Transpose", [Part(a[0], inputs, group)], OnnxAttribute.Of("perm", Longs(1, 0, 2, 3)));
            string kernels = c.Add("Transpose", [Part(a[1], outputs, group)], OnnxAttribute.Of("perm", Longs(1, 0, 2, 3)));
            string y = c.Add("Conv", [planes, kernels], Windows(f.Dilation, f.Padding, f.Stride, 1));
            parts[group] = c.Add("Slice", [c.Add("Transpose", [y], OnnxAttribute.Of("perm", Longs(1, 0, 2, 3))), c.Integers(0, 0), c.Integers(weight[2], weight[3]), c.Integers(2, 3)]);
        }

        return f.Groups == 1 ? parts[0] : c.Add("Concat", parts, OnnxAttribute.Of("axis", 0));
    }

    // ONNX counts places over the whole tensor, the dictionary in each plane.
    private static string[] MaxPool(ExportContext c, MaxPool2d f, string[] a)
    {
        var x = c.Types[0].Shape;
        string[] both = c.AddMany("MaxPool", a, 2, [.. Pool(f.Kernel, f.Stride, f.Padding, f.CeilMode), OnnxAttribute.Of("dilations", Longs(f.Dilation))]);
        return [both[0], c.Add("Mod", [both[1], c.Integer(Math.Max(1, x[2] * x[3]))])];
    }

    private static string Scattered(ExportContext c, MaxPoolScatter f, string[] a)
    {
        if (!f.Rule.Equals(TieRule.First))
        {
            throw new NonsmoothException($"{c.Node.Name}: the derivative of a max pool whose ties are shared ({f.Rule}) has no operator of ONNX: choose the first");
        }

        var (x, g) = (c.Types[0].Shape, c.Types[2].Shape);
        int[] flat = [x[0], x[1], x[2] * x[3]];
        int[] windows = [g[0], g[1], g[2] * g[3]];
        string Lines(string value) => c.Shaped(value, windows);
        string sum = c.Add("ScatterElements", [Zeros(c, new Shape(flat)), Lines(a[1]), Lines(a[2])], OnnxAttribute.Of("axis", 2), OnnxAttribute.Of("reduction", "add"));
        return c.Shaped(sum, x);
    }
}
