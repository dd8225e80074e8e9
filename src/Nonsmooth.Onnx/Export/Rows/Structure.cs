using Nonsmooth.Dictionary;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Export;

/// <content>What moves elements, picks them, compares and converts them.</content>
internal static partial class ExportTable
{
    private static void Discrete()
    {
        Add<Compare>((c, f, a) => Compared(c, f.Comparison, a));
        Add<IndexCompare>((c, f, a) => Compared(c, f.Comparison, a));
        Add<Logical>((c, f, a) => c.Add(f.Operation == LogicalOperation.And ? "And" : "Or", a));
        Add<LogicalNot>("Not");
        Add<Select>((c, _, a) => c.Add("Where", a));
        Add<Cast>((c, f, a) => c.Add("Cast", a, OnnxAttribute.Of("to", (long)(f.To switch
        {
            ElementKind.Real => c.Real,
            ElementKind.Index => OnnxDataType.Int64,
            _ => OnnxDataType.Bool,
        }))));
        Add<IndexArithmetic>((c, f, a) => f.Operation switch
        {
            IndexOperation.Add => c.Add("Add", a),
            IndexOperation.Subtract => c.Add("Sub", a),
            IndexOperation.Multiply => c.Add("Mul", a),
            IndexOperation.Remainder => c.Add("Mod", a),

            // ONNX rounds quotients of integers towards 0: without the remainder nothing is rounded.
            _ => c.Add("Div", [c.Add("Sub", [a[0], c.Add("Mod", a)]), a[1]]),
        });
    }

    private static string Compared(ExportContext c, Comparison comparison, string[] a) => comparison switch
    {
        Comparison.Less => c.Add("Less", a),
        Comparison.LessEqual => c.Add("LessOrEqual", a),
        Comparison.Equal => c.Add("Equal", a),
        Comparison.NotEqual => c.Add("Not", [c.Add("Equal", a)]),
        Comparison.Greater => c.Add("Greater", a),
        _ => c.Add("GreaterOrEqual", a),
    };

    // A first axis that stays is written as one that is copied: what a network makes of a batch is right for another.
    private static bool KeepsFirst(Shape from, Shape to) => from.Rank > 0 && to.Rank > 0 && from[0] == to[0] && !to.Contains(0);

    private static void Structure()
    {
        Add<Fill>((c, f, _) => c.Add("ConstantOfShape", [c.Integers(f.Shape)], OnnxAttribute.Of("value", c.Real == OnnxDataType.Double
            ? OnnxTensor.Of("", Tensor.Of(new Shape(1), [f.Value]))
            : OnnxTensor.Of("", Tensor.Of(new Shape(1), [(float)f.Value])))));
        Add<Constant>((c, f, _) => c.Table(f.Evaluate<Arithmetic.Rounded<Arithmetic.Float64>>([])[0] is Tensor<Arithmetic.Rounded<Arithmetic.Float64>> reals
            ? Tensor.Of(reals.Shape, Array.ConvertAll(reals.Elements, Arithmetic.Rounded<Arithmetic.Float64>.ToDouble))
            : f.Evaluate<Arithmetic.Rounded<Arithmetic.Float64>>([])[0]));
        Add<CausalMask>((c, f, _) => c.Table(f.Evaluate<Arithmetic.Rounded<Arithmetic.Float64>>([])[0]));
        Add<Broadcast>((c, f, a) => c.Add("Expand", [a[0], c.Integers(f.Target)]));
        Add<Reshape>((c, f, a) => KeepsFirst(c.Types[0].Shape, f.Target) ? c.Add("Reshape", [a[0], c.Integers([0, .. f.Target.Skip(1)])]) : c.Shaped(a[0], f.Target));
        Add<Transpose>((c, f, a) => c.Add("Transpose", a, OnnxAttribute.Of("perm", [.. f.Permutation.Select(p => (long)p)])));
        Add<Slice>((c, f, a) => c.Add("Slice",
        [
            a[0], c.Integers(f.Starts), c.Integers(f.Starts.Select((s, i) => f.Sizes[i] == 0 ? s : s + ((f.Sizes[i] - 1) * f.Steps[i]) + 1)),
            c.Integers(Enumerable.Range(0, f.Starts.Count)), c.Integers(f.Steps),
        ]));
        Add<Unslice>(Unsliced);
        Add<Pad>((c, f, a) => c.Add("Pad", [a[0], c.Integers([.. f.Before, .. f.After]), c.Number(f.Value)]));
        Add<Concatenate>((c, f, a) => c.Add("Concat", a, OnnxAttribute.Of("axis", f.Axis)));
        Add<Take>((c, f, a) => c.Add("Gather", [a[0], c.Table(Tensor.Of(new Shape(f.Indices.Count), [.. f.Indices.Select(i => (long)i)]))], OnnxAttribute.Of("axis", f.Axis)));
        Add<Resample>((c, f, a) =>
        {
            // The axis last, times the transposed matrix, and back.
            var x = c.Types[0].Shape;
            var matrix = new Tensor<double>(new Shape(f.Map.Size, f.Map.Rows));
            for (int row = 0; row < f.Map.Rows; row++)
            {
                for (int k = 0; k < f.Map.Columns(row).Length; k++)
                {
                    matrix[(f.Map.Columns(row)[k] * f.Map.Rows) + row] += f.Map.Weights(row)[k];
                }
            }

            long[] swap = [.. Enumerable.Range(0, x.Rank).Select(i => (long)(i == f.Axis ? x.Rank - 1 : i == x.Rank - 1 ? f.Axis : i))];
            string moved = f.Axis == x.Rank - 1 ? a[0] : c.Add("Transpose", a, OnnxAttribute.Of("perm", swap));
            string product = c.Add("MatMul", [moved, c.Table(matrix)]);
            return f.Axis == x.Rank - 1 ? product : c.Add("Transpose", [product], OnnxAttribute.Of("perm", swap));
        });
    }

    // Zeros between the elements by a new axis behind each, then a border, then what is too much cut.
    private static string Unsliced(ExportContext c, Unslice f, string[] a)
    {
        var shape = c.Types[0].Shape;
        int rank = shape.Rank;
        string x = a[0];
        var sizes = shape.ToArray();
        if (f.Steps.Any(s => s > 1))
        {
            x = c.Shaped(x, shape.SelectMany(s => new[] { s, 1 }));
            x = c.Add("Pad", [x, c.Integers([.. new int[2 * rank], .. f.Steps.SelectMany(s => new[] { 0, s - 1 })]), c.Number(0)]);
            sizes = [.. shape.Select((s, i) => s * f.Steps[i])];
            x = c.Shaped(x, sizes);
        }

        return c.Add("Pad", [x, c.Integers([.. f.Starts, .. f.Full.Select((s, i) => s - f.Starts[i] - sizes[i])]), c.Number(0)]);
    }

    private static void Indexing()
    {
        Add<Gather>((c, f, a) => c.Add("GatherElements", a, OnnxAttribute.Of("axis", f.Axis)));
        Add<Embedding>((c, _, a) => c.Add("Gather", a, OnnxAttribute.Of("axis", 0)));
        Add<Scatter>((c, f, a) => c.Add("ScatterElements", a, OnnxAttribute.Of("axis", f.Axis)));
        Add<ScatterAdd>((c, f, a) => c.Add("ScatterElements", [Zeros(c, c.Result().Shape), a[1], a[0]], OnnxAttribute.Of("axis", f.Axis), OnnxAttribute.Of("reduction", "add")));
        Add<EmbeddingScatter>((c, _, a) =>
        {
            var index = c.Types[1].Shape;
            string rows = c.Shaped(a[1], [.. index, 1]);
            return c.Add("ScatterND", [Zeros(c, c.Result().Shape), rows, a[0]], OnnxAttribute.Of("reduction", "add"));
        });
    }

    private static string Zeros(ExportContext c, Shape shape) => c.Add("Expand", [c.Number(0), c.Integers(shape)]);
}
