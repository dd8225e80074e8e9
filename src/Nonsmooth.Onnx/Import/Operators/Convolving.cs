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
    ];

    /// <summary>A convolution as a node's attributes say.</summary>
    public static Variable Conv(NodeContext n, Variable x, Variable weight, Variable? bias)
    {
        if (weight.Shape.Rank < 3)
        {
            throw new OnnxException($"a weight of {weight.Shape} is none of a convolution");
        }

        var windows = Windows.Of(n, x.Shape, [.. weight.Shape[2..]]);
        int groups = n.Small("group", 1);
        if (windows.Axes == 1)
        {
            var line = Plane(x, weight, bias, windows.AsPlane, groups, true);
            return line.Reshape(line.Shape[..2].Concat(line.Shape[3..]));
        }

        return windows.Axes == 2 ? Plane(x, weight, bias, windows, groups, false) : Space(x, weight, bias, windows, groups);
    }

    private static Variable Line(Variable x) => x.Reshape(x.Shape[..2].Concat(new Shape(1)).Concat(x.Shape[2..]));

    private static Variable Plane(Variable x, Variable weight, Variable? bias, Windows w, int groups, bool isLine)
    {
        (x, weight) = isLine ? (Line(x), Line(weight)) : (x, weight);
        if (!w.IsSymmetric)
        {
            (x, w) = (Functions.Pad(x, w.Full.Before, w.Full.After), w with { Before = [0, 0], After = [0, 0] });
        }

        return Functions.Conv2d(x, weight, bias, (w.Strides[0], w.Strides[1]), (w.Before[0], w.Before[1]), (w.Dilations[0], w.Dilations[1]), groups);
    }

    // A sum over the taps of the first axis, each of convolutions of planes.
    private static Variable Space(Variable x, Variable weight, Variable? bias, Windows w, int groups)
    {
        if (w.Axes != 3)
        {
            throw new Refusal($"convolutions along {w.Axes} axes are not supported: along up to 3 they are");
        }

        var padded = w.IsPadded ? Functions.Pad(x, w.Full.Before, w.Full.After) : x;
        int depth = ((padded.Shape[2] - ((w.Kernel[0] - 1) * w.Dilations[0]) - 1) / w.Strides[0]) + 1;
        Variable? sum = null;
        for (int tap = 0; tap < w.Kernel[0]; tap++)
        {
            int first = tap * w.Dilations[0];
            var planes = padded.Take(2, [.. Enumerable.Range(0, depth).Select(d => first + (d * w.Strides[0]))]).Transpose(0, 2, 1, 3, 4);
            var kernel = weight.Slice(2, tap, tap + 1);
            var part = Functions.Conv2d(
                planes.Reshape(new Shape(planes.Shape[0] * depth, planes.Shape[2], planes.Shape[3], planes.Shape[4])),
                kernel.Reshape(kernel.Shape[..2].Concat(kernel.Shape[3..])),
                tap == 0 ? bias : null,
                (w.Strides[1], w.Strides[2]), null, (w.Dilations[1], w.Dilations[2]), groups);
            sum = sum is null ? part : sum + part;
        }

        var planar = sum!.Shape;
        return sum.Reshape(new Shape(x.Shape[0], depth, planar[1], planar[2], planar[3])).Transpose(0, 2, 1, 3, 4);
    }

    private static Variable ConvTranspose(NodeContext n)
    {
        var (x, weight) = (n.Real(0), n.Real(1));
        int axes = weight.Shape.Rank - 2;
        if (axes is < 1 or > 2)
        {
            throw new Refusal($"transposed convolutions along {axes} axes are not supported: along 1 and 2 they are");
        }

        var w = Windows.Of(n, x.Shape, [.. weight.Shape[2..]]);
        int[] extra = n.Many("output_padding") is { } o ? [.. o.Select(v => (int)v)] : new int[axes];
        int[]? wanted = n.Many("output_shape") is { } s ? [.. s.Select(v => (int)v).TakeLast(axes)] : null;
        string auto = n.Text("auto_pad", "NOTSET");
        var (before, after) = ((int[])w.Before.Clone(), (int[])w.After.Clone());
        var whole = new int[axes];
        for (int i = 0; i < axes; i++)
        {
            whole[i] = ((x.Shape[i + 2] - 1) * w.Strides[i]) + ((w.Kernel[i] - 1) * w.Dilations[i]) + 1 + extra[i];
            int? size = wanted?[i] ?? (auto.StartsWith("SAME", StringComparison.Ordinal) ? x.Shape[i + 2] * w.Strides[i] : null);
            if (size is { } given)
            {
                int total = whole[i] - given;
                before[i] = auto == "SAME_UPPER" ? total / 2 : total - (total / 2);
                after[i] = total - before[i];
            }
        }

        bool isLine = axes == 1;
        (x, weight) = isLine ? (Line(x), Line(weight)) : (x, weight);
        Pair Both(int[] values) => isLine ? (values[0] == w.Strides[0] && ReferenceEquals(values, w.Strides) ? (1, values[0]) : (0, values[0])) : (values[0], values[1]);
        Pair dilation = isLine ? (1, w.Dilations[0]) : (w.Dilations[0], w.Dilations[1]);
        Pair stride = isLine ? (1, w.Strides[0]) : (w.Strides[0], w.Strides[1]);
        var bias = n.Has(2) ? n.Real(2) : null;
        bool isPlain = before.SequenceEqual(after) && before.All(b => b >= 0) && extra.Zip(w.Strides).All(p => p.First < p.Second);
        var y = isPlain
            ? Functions.ConvTranspose2d(x, weight, bias, stride, Both(before), Both(extra), dilation, n.Small("group", 1))
            : Functions.ConvTranspose2d(x, weight, bias, stride, null, null, dilation, n.Small("group", 1));
        if (!isPlain)
        {
            y = Fit(y, bias, before, after, extra, isLine);
        }

        return isLine ? y.Reshape(y.Shape[..2].Concat(y.Shape[3..])) : y;
    }

    // Cut at both ends; where more is wanted than windows reach there is the bias alone.
    private static Variable Fit(Variable y, Variable? bias, int[] before, int[] after, int[] extra, bool isLine)
    {
        int[] cutBefore = isLine ? [0, 0, 0, .. before] : [0, 0, .. before];
        int[] cutAfter = isLine ? [0, 0, 0, after[0] - extra[0]] : [0, 0, .. after.Select((a, i) => a - extra[i])];
        bool grows = cutBefore.Concat(cutAfter).Any(c => c < 0);
        if (grows && bias is not null)
        {
            throw new Refusal("its pads make the result larger than its windows reach, with a bias: not supported");
        }

        return Functions.Pad(y, [.. cutBefore.Select(c => -c)], [.. cutAfter.Select(c => -c)], PadMode.Constant);
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
}
