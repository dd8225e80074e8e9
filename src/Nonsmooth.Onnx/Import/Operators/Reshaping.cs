using Nonsmooth.Dictionary;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Import;

/// <summary>Shapes and constants: what moves nothing.</summary>
internal static class Reshaping
{
    public static IEnumerable<OperatorRow> Rows =>
    [
        Row.Value("Identity", n => n[0]),
        Row.Value("Constant", Constant),
        Row.Value("Shape", Shape),
        Row.Value("Size", n => Known.Scalar(n.Shape(0).Count64)),
        Row.Of("Reshape", n => n.Any(0).Reshape(Target(n))),
        Row.Of("Flatten", Flatten),
        Row.Of("Squeeze", Squeeze),
        Row.Of("Unsqueeze", Unsqueeze),
        Row.Of("Expand", n => Broadcasting.To(n.Any(0), Broadcasting.Common(n.Shape(0), Sizes(n.Integers(1))))),
        Row.Value("ConstantOfShape", ConstantOfShape),
        Row.Of("EyeLike", EyeLike),
        Row.Value("Range", Range),
    ];

    /// <summary>Sizes as a shape.</summary>
    public static Shape Sizes(long[] sizes) => Array.TrueForAll(sizes, s => s is >= 0 and <= int.MaxValue)
        ? new Shape([.. sizes.Select(s => (int)s)])
        : throw new OnnxException($"the sizes {string.Join('x', sizes)} are no shape: each is from 0 to {int.MaxValue}");

    private static ImportValue Constant(NodeContext n)
    {
        if (n.Attribute("value") is { Tensor: { } tensor })
        {
            return tensor.DataType.Kind() is not { } kind ? new Foreign(tensor.DataType)
                : tensor.IsPresent ? new Known(tensor.ToTensor(), tensor.DataType)
                : new Traced(n.Builder.Apply(new AbsentTensor(new TensorType(kind, tensor.Shape), n.Node.Outputs.Count > 0 ? n.Node.Outputs[0] : n.Node.Label)), tensor.DataType);
        }

        if (n.HasAttribute("value_int"))
        {
            return Known.Scalar(n.Attribute("value_int", 0));
        }

        if (n.Many("value_ints") is { } integers)
        {
            return Known.Of(integers);
        }

        if (n.Floats("value_floats") is { } floats)
        {
            return new Known(Tensor.Of(new Shape(floats.Length), floats), OnnxDataType.Float);
        }

        return n.HasAttribute("value_float")
            ? new Known(Tensor.Of(Tensors.Shape.Scalar, [n.Attribute("value_float", 0.0)]), OnnxDataType.Float)
            : new Foreign(OnnxDataType.Text);
    }

    private static Known Shape(NodeContext n)
    {
        var sizes = n.Shape(0);
        int start = Inside(n.Attribute("start", 0));
        int end = Inside(n.Attribute("end", sizes.Rank));
        return Known.Of([.. sizes.Skip(start).Take(Math.Max(0, end - start)).Select(s => (long)s)]);

        int Inside(long axis) => (int)Math.Clamp(axis < 0 ? axis + sizes.Rank : axis, 0, sizes.Rank);
    }

    private static Shape Target(NodeContext n)
    {
        var shape = n.Shape(0);
        long[] sizes = n.Version < 5 ? n.Many("shape") ?? [] : (long[])n.Integers(1).Clone();
        bool copies = !n.Flag("allowzero");
        for (int i = 0; i < sizes.Length; i++)
        {
            if (sizes[i] == 0 && copies)
            {
                sizes[i] = i < shape.Rank ? shape[i] : throw new OnnxException($"size {i} of {string.Join('x', sizes)} is to be that of {shape}, which has no such axis");
            }
        }

        int open = Array.IndexOf(sizes, -1);
        if (open >= 0)
        {
            sizes[open] = 1;
            long rest = Sizes(sizes).Count64;
            sizes[open] = rest > 0 && shape.Count64 % rest == 0
                ? shape.Count64 / rest
                : throw new OnnxException($"{shape} cannot be given {string.Join('x', sizes.Select((s, i) => i == open ? "?" : $"{s}"))}: the sizes do not divide it");
        }

        return Sizes(sizes);
    }

    private static Variable Flatten(NodeContext n)
    {
        var x = n.Any(0);
        int axis = n.Small("axis", 1);
        axis = axis < 0 ? axis + x.Shape.Rank : axis;
        return axis >= 0 && axis <= x.Shape.Rank
            ? x.Reshape(new Shape(x.Shape[..axis].Elements, x.Shape[axis..].Elements))
            : throw new OnnxException($"axis {axis} is none of {x.Shape}");
    }

    private static Variable Squeeze(NodeContext n)
    {
        var x = n.Any(0);
        long[]? given = n.Version < 13 ? n.Many("axes") : n.Has(1) ? n.Integers(1) : null;
        int[] axes = given is null ? [.. Enumerable.Range(0, x.Shape.Rank).Where(i => x.Shape[i] == 1)] : Reducing.Axes(x.Shape, given);
        return x.Reshape(Reducing.Without(x.Shape, axes));
    }

    private static Variable Unsqueeze(NodeContext n)
    {
        var x = n.Any(0);
        long[] given = (n.Version < 13 ? n.Many("axes") : n.Integers(1)) ?? [];
        int rank = x.Shape.Rank + given.Length;
        var sizes = new int[rank];
        foreach (long axis in given)
        {
            long at = axis < 0 ? axis + rank : axis;
            sizes[at >= 0 && at < rank ? (int)at : throw new OnnxException($"axis {axis} is none of {rank}")] = 1;
        }

        int next = 0;
        for (int i = 0; i < rank; i++)
        {
            sizes[i] = sizes[i] == 1 ? 1 : x.Shape[next++];
        }

        return x.Reshape(new Shape(sizes));
    }

    // Larger tensors of one number are weights that somebody left out, not shapes.
    private const int MostKnown = 1 << 16;

    private static ImportValue ConstantOfShape(NodeContext n)
    {
        var shape = Sizes(n.Integers(0));
        var tensor = n.Attribute("value")?.Tensor;
        if (tensor is null || tensor.DataType.IsReal())
        {
            double real = tensor?.ToReals()[0] ?? 0;
            return shape.Count64 <= MostKnown
                ? new Known(Tensor.Generate(shape, _ => real), tensor?.DataType ?? OnnxDataType.Float)
                : new Traced(n.Builder.Apply(new Fill(shape, real)), tensor?.DataType ?? OnnxDataType.Float);
        }

        if (shape.Count64 > n.Options.MostFolded)
        {
            throw new OnnxException($"it makes a constant of {shape}, more than {n.Options.MostFolded} elements: raise the limit if you trust the file");
        }

        return tensor.ToTensor() switch
        {
            Tensor<long> t => new Known(Tensor.Generate(shape, _ => t[0]), tensor.DataType),
            Tensor<bool> t => new Known(Tensor.Generate(shape, _ => t[0]), tensor.DataType),
            _ => throw new Refusal($"it makes {tensor.DataType}"),
        };
    }

    private static Variable EyeLike(NodeContext n)
    {
        var shape = n.Shape(0);
        long k = n.Attribute("k", 0);
        var type = (OnnxDataType)n.Attribute("dtype", (long)n[0].Stored);
        var mask = n.Builder.Constant(Tensor.Generate(shape, i => (i % shape[1]) - (i / shape[1]) == k));
        return type.Kind() == ElementKind.Boolean ? mask : Functions.Cast(mask, type.Kind() ?? ElementKind.Real);
    }

    private static ImportValue Range(NodeContext n)
    {
        if (n[0].Kind == ElementKind.Index)
        {
            var (start, limit, delta) = (n.Integer(0), n.Integer(1), n.Integer(2));
            Int128 count = delta == 0 ? throw new OnnxException("its step is 0") : Int128.Max(0, ((Int128)limit - start + delta + (delta > 0 ? -1 : 1)) / delta);
            Most(n, count);
            return new Known(Tensor.Generate(new Shape((int)count), i => start + (i * delta)), n[0].Stored);
        }

        var (from, to, step) = (n.Number(0), n.Number(1), n.Number(2));
        double steps = Math.Max(0, Math.Ceiling((to - from) / step));
        Most(n, double.IsFinite(steps) && steps < 1e18 ? (Int128)steps : throw new OnnxException($"from {from} to {to} by {step} is no range"));
        return new Known(Tensor.Generate(new Shape((int)steps), i => from + (i * step)), n[0].Stored);
    }

    private static void Most(NodeContext n, Int128 count)
    {
        if (count > n.Options.MostFolded)
        {
            throw new OnnxException($"it makes a constant of {count} elements, more than {n.Options.MostFolded}: raise the limit if you trust the file");
        }
    }
}
