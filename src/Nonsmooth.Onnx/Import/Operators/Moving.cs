using Nonsmooth.Dictionary;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Import;

/// <summary>What moves elements: transposes, parts, joints, borders, picks.</summary>
internal static class Moving
{
    public static IEnumerable<OperatorRow> Rows =>
    [
        Row.Of("Transpose", Transpose),
        Row.Of("Concat", n => Integers.Join(n.Small("axis", 1), [.. Enumerable.Range(0, n.Count).Select(n.Any)])),
        Row.Many("Split", Split),
        Row.Of("Slice", Slice),
        Row.Of("Tile", Tile),
        Row.Of("Gather", n => Functions.IndexSelect(n.Any(0), n.Any(1), n.Small("axis", 0))),
        Row.Of("GatherElements", n => Functions.Gather(n.Any(0), Functions.Wrapped(n.Any(1), n.Shape(0)[n.Shape(0).Axis(n.Small("axis", 0))]), n.Small("axis", 0))),
        Row.Of("GatherND", n => Functions.GatherNd(n.Any(0), n.Any(1), n.Small("batch_dims", 0))),
        Row.Of("ScatterElements", ScatterElements), Row.Of("Scatter", ScatterElements),
        Row.Of("ScatterND", n => Functions.ScatterNd(n.Any(0), n.Any(1), n.Any(2), Reduction(n))),
        Row.Of("Pad", Pad),
        Row.Of("Trilu", Trilu),
        Row.Of("DepthToSpace", n => Functions.PixelShuffle(n.Real(0), n.Small("blocksize", 1), n.Text("mode", "DCR") == "DCR")),
        Row.Of("SpaceToDepth", n => Functions.PixelUnshuffle(n.Real(0), n.Small("blocksize", 1), true)),
        Row.Of("OneHot", OneHot),
        Row.Of("ReverseSequence", ReverseSequence),
        Row.Of("Compress", Compress),
        Row.Value("NonZero", NonZero),
    ];

    private static Variable Transpose(NodeContext n)
    {
        var x = n.Any(0);
        int[] permutation = n.Many("perm") is { } perm ? [.. perm.Select(p => (int)p)] : [.. Enumerable.Range(0, x.Shape.Rank).Reverse()];
        return permutation.SequenceEqual(Enumerable.Range(0, x.Shape.Rank)) ? x : x.Transpose(permutation);
    }

    private static IReadOnlyList<ImportValue?> Split(NodeContext n)
    {
        var x = n.Any(0);
        int axis = x.Shape.Axis(n.Small("axis", 0));
        int count = n.Small("num_outputs", n.Node.Outputs.Count);
        long[]? given = n.Version >= 13 || n.Version == 1 ? n.Has(1) ? n.Integers(1) : n.Many("split") : n.Many("split");
        int each = (x.Shape[axis] + count - 1) / Math.Max(1, count);
        int[] sizes = given is { } s ? [.. s.Select(v => (int)v)] : [.. Enumerable.Range(0, count).Select(i => Math.Clamp(x.Shape[axis] - (i * each), 0, each))];
        return [.. Functions.Split(x, axis, sizes).Select(n.Result)];
    }

    private static Variable Slice(NodeContext n)
    {
        var x = n.Any(0);
        bool isOld = n.Version < 10;
        long[] starts = isOld ? n.Many("starts") ?? [] : n.Integers(1);
        long[] ends = isOld ? n.Many("ends") ?? [] : n.Integers(2);
        long[] axes = (isOld ? n.Many("axes") : n.Has(3) ? n.Integers(3) : null) ?? [.. Enumerable.Range(0, starts.Length).Select(i => (long)i)];
        long[] steps = !isOld && n.Has(4) ? n.Integers(4) : [.. axes.Select(_ => 1L)];
        var (from, sizes, by) = (new int[x.Shape.Rank], x.Shape.ToArray(), Enumerable.Repeat(1, x.Shape.Rank).ToArray());
        bool isForward = false;
        for (int i = 0; i < axes.Length; i++)
        {
            int axis = x.Shape.Axis((int)axes[i]);
            int size = x.Shape[axis];
            if (steps[i] == 0)
            {
                throw new OnnxException("a step is 0");
            }

            if (steps[i] > 0)
            {
                long first = Inside(starts[i], size);
                isForward = true;
                (from[axis], by[axis]) = ((int)first, (int)Math.Min(steps[i], int.MaxValue));
                sizes[axis] = (int)((Math.Max(0, Inside(ends[i], size) - first) + by[axis] - 1) / by[axis]);
                continue;
            }

            // Backwards: from the start down to, and without, the end.
            long start = Math.Min(starts[i] < 0 ? starts[i] + size : starts[i], size - 1);
            long end = Math.Max(ends[i] < 0 ? Math.Max(ends[i], -1L - size) + size : ends[i], -1);
            var places = new List<int>();
            for (long at = start; at > end && at >= 0; at += Math.Max(steps[i], -1L - size))
            {
                places.Add((int)at);
            }

            x = x.Take(axis, [.. places]);
            sizes[axis] = places.Count;
        }

        return isForward ? n.Builder.Apply(new Slice(from, sizes, by), x) : x;

        static long Inside(long index, int size) => Math.Clamp(index < 0 ? Math.Max(index, -1L - size) + size : index, 0, size);
    }

    private static Variable Tile(NodeContext n)
    {
        var x = n.Any(0);
        if (n.Version >= 6)
        {
            return x.Tile([.. n.Integers(1).Select(r => (int)r)]);
        }

        int[] times = [.. Enumerable.Repeat(1, x.Shape.Rank)];
        times[x.Shape.Axis((int)n.Integer(2))] = (int)n.Integer(1);
        return x.Tile(times);
    }

    private static ScatterReduction Reduction(NodeContext n) => n.Text("reduction", "none") switch
    {
        "none" => ScatterReduction.Set,
        "add" => ScatterReduction.Add,
        "mul" => ScatterReduction.Multiply,
        "max" => ScatterReduction.Maximum,
        "min" => ScatterReduction.Minimum,
        var other => throw new Refusal($"its reduction '{other}' is not known"),
    };

    private static Variable ScatterElements(NodeContext n) => Functions.ScatterElements(n.Any(0), n.Any(1), n.Any(2), n.Small("axis", 0), Reduction(n));

    private static Variable Pad(NodeContext n)
    {
        var x = n.Real(0);
        int rank = x.Shape.Rank;
        long[] pads = n.Version < 11 ? n.Many("pads") ?? n.Many("paddings") ?? [] : n.Integers(1);
        int[] axes = n.Has(3) ? [.. n.Integers(3).Select(a => x.Shape.Axis((int)a))] : [.. Enumerable.Range(0, rank)];
        if (pads.Length != 2 * axes.Length)
        {
            throw new OnnxException($"{pads.Length} pads for {axes.Length} axes: two an axis are needed");
        }

        double value = n.Version < 11 ? n.Attribute("value", 0.0) : n.Has(2) ? n.Number(2) : 0;
        var (before, after) = (new int[rank], new int[rank]);
        for (int i = 0; i < axes.Length; i++)
        {
            (before[axes[i]], after[axes[i]]) = ((int)pads[i], (int)pads[i + axes.Length]);
        }

        var mode = n.Text("mode", "constant") switch
        {
            "constant" => PadMode.Constant,
            "reflect" => PadMode.Reflect,
            "edge" => PadMode.Edge,
            "wrap" => PadMode.Wrap,
            var other => throw new Refusal($"its mode '{other}' is not known"),
        };
        var y = Functions.Pad(x, before, after, mode, value);
        return n[0].Kind == ElementKind.Real ? y : Functions.Cast(y, n[0].Kind);
    }

    private static Variable Trilu(NodeContext n)
    {
        var x = n.Any(0);
        int k = n.Has(1) ? (int)Math.Clamp(n.Integer(1), -(1 << 30), 1 << 30) : 0;
        if (x.Type.Kind == ElementKind.Real)
        {
            return n.Flag("upper", true) ? Functions.Triu(x, k) : Functions.Tril(x, k);
        }

        bool upper = n.Flag("upper", true);
        int columns = x.Shape[^1];
        var mask = n.Builder.Constant(Tensor.Generate(x.Shape[^2..], i => upper ? (i % columns) - (i / columns) >= k : (i % columns) - (i / columns) <= k));
        return x.Type.Kind == ElementKind.Boolean ? Functions.And(x, mask) : Functions.Where(mask, x, Integers.Number(n.Builder, 0));
    }

    private static Variable OneHot(NodeContext n)
    {
        int depth = checked((int)n.Integer(1));
        var index = n.Any(0).Type.Kind == ElementKind.Index ? n.Any(0) : Functions.Cast(n.Any(0), ElementKind.Index);
        int rank = index.Shape.Rank + 1;
        int axis = n.Small("axis", -1);
        axis = axis < 0 ? axis + rank : axis;
        var places = n.Builder.Constant(Tensor.Generate(new Shape([depth, .. Enumerable.Repeat(1, rank - 1 - axis)]), i => (long)i));
        var spread = Functions.Wrapped(index, depth).Reshape(index.Shape[..axis].Concat(new Shape(1)).Concat(index.Shape[axis..]));
        var values = n.Any(2);
        return Functions.Where(Functions.Equal(spread, places), values.Slice(0, 1, 2).Reshape(Shape.Scalar), values.Slice(0, 0, 1).Reshape(Shape.Scalar));
    }

    private static Variable ReverseSequence(NodeContext n)
    {
        var x = n.Any(0);
        var (batch, time) = (n.Small("batch_axis", 1), n.Small("time_axis", 0));
        long[] lengths = n.Integers(1);
        var parts = lengths.Select((length, b) => x.Slice(batch, b, b + 1).Take(time, [.. Enumerable.Range(0, x.Shape[time]).Select(t => t < length ? (int)length - 1 - t : t)]));
        return Integers.Join(batch, [.. parts]);
    }

    private static Variable Compress(NodeContext n)
    {
        var x = n.HasAttribute("axis") ? n.Any(0) : n.Any(0).Reshape(new Shape(n.Shape(0).Elements));
        int axis = n.HasAttribute("axis") ? x.Shape.Axis(n.Small("axis", 0)) : 0;
        long[] keep = n.Integers(1);
        return x.Take(axis, [.. Enumerable.Range(0, keep.Length).Where(i => keep[i] != 0)]);
    }

    private static ImportValue NonZero(NodeContext n)
    {
        double[] elements = n[0] is Known ? n.Reals(0) : throw new Refusal("how many elements it gives depends on data: cut the graph before it, or bind the input that it follows from to a value");
        var shape = n.Shape(0);
        int[] places = [.. Enumerable.Range(0, elements.Length).Where(i => elements[i] != 0)];
        var strides = shape.Strides();
        return new Known(Tensor.Generate(new Shape(shape.Rank, places.Length), i => (long)(places[i % places.Length] / strides[i / places.Length] % shape[i / places.Length])), OnnxDataType.Int64);
    }
}
