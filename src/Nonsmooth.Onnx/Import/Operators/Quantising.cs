using Nonsmooth.Dictionary;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Import;

/// <summary>Quantised values: codes are whole reals in the program, so that a staircase can be passed through.</summary>
internal static class Quantising
{
    public static IEnumerable<OperatorRow> Rows =>
    [
        Row.Many("QuantizeLinear", n => [Quantise(n)]),
        Row.Many("DequantizeLinear", n => [Dequantise(n)]) with { FoldsInitializers = true },
        Row.Many("DynamicQuantizeLinear", Dynamic),
        Row.Many("QLinearMatMul", n => Requantised(n, Functions.MatMul(Decoded(n, 0, 1, 2, null), Decoded(n, 3, 4, 5, -1)), 6, 7)),
        Row.Many("QLinearConv", QLinearConv),
    ];

    /// <summary>A scale or a zero point shaped to broadcast to a tensor: one number, one an axis, or one a block.</summary>
    private static Variable Spread(NodeContext n, Variable parameter, Shape x, int axis)
    {
        if (parameter.Shape.Count64 == 1)
        {
            return parameter.Reshape(Shape.Scalar);
        }

        axis = x.Axis(axis);
        if (parameter.Shape.Rank == 1 && x.Rank >= 1)
        {
            return parameter.Reshape(parameter.Shape.Concat(new Shape([.. Enumerable.Repeat(1, x.Rank - 1 - axis)])));
        }

        int block = n.Small("block_size", 0);
        return block > 0
            ? parameter.Take(axis, [.. Enumerable.Range(0, x[axis]).Select(i => i / block)])
            : throw new OnnxException($"a scale of {parameter.Shape} does not fit {x} along axis {axis}");
    }

    private static ImportValue Quantise(NodeContext n)
    {
        var x = n.Real(0);
        var type = n.Has(2) ? n[2].Stored : (OnnxDataType)n.Attribute("output_dtype", (long)OnnxDataType.UInt8);
        type = type == OnnxDataType.None ? OnnxDataType.UInt8 : type;
        int axis = n.Small("axis", 1);
        var scaled = x / Spread(n, Parameter(n, 1), x.Shape, axis < x.Shape.Rank ? axis : 0);
        if (type.IsReal())
        {
            return SmallFormats.Rounded(n, scaled, type, n.Flag("saturate", true));
        }

        var (least, most) = type.Range();
        var zero = n.Has(2) ? Spread(n, Parameter(n, 2), x.Shape, axis < x.Shape.Rank ? axis : 0) : null;
        var codes = Codes(n, scaled, zero, least, most);
        return new Traced(codes, type);
    }

    // As a constant: scales are not trained with the rest.
    private static Variable Parameter(NodeContext n, int argument) => n[argument] is Initial
        ? n.Builder.Constant(n.Constant(argument))
        : n.Real(argument);

    private static Variable Codes(NodeContext n, Variable scaled, Variable? zero, long least, long most)
    {
        n.Note(OnnxNoteKind.Quantisation, n.Options.StraightThrough
            ? "rounding to quantised values has the derivative 1 inside of their range, as asked: a surrogate that is not conservative"
            : "rounding to quantised values is a staircase, whose derivative is 0");
        if (!n.Options.StraightThrough)
        {
            var steps = Functions.Round(scaled);
            return Functions.Clamp(zero is null ? steps : steps + zero, least, most);
        }

        // The gradient passes where the rounded code, with its zero point, is inside of the range.
        var rounded = scaled.Builder.Apply(new Unary<PassedRound>(default), scaled);
        return Functions.Clamp(zero is null ? rounded : rounded + zero, least, most);
    }

    private static ImportValue Dequantise(NodeContext n)
    {
        int axis = n.Small("axis", 1);
        var x = n.Real(0);
        axis = axis < x.Shape.Rank ? axis : 0;
        var codes = n.Has(2) ? x - Spread(n, Parameter(n, 2), x.Shape, axis) : x;
        var type = n[1].Stored;
        return new Traced(codes * Spread(n, Parameter(n, 1), x.Shape, axis), n.HasAttribute("output_dtype") && n.Attribute("output_dtype", 0) != 0 ? (OnnxDataType)n.Attribute("output_dtype", 1) : type);
    }

    private static IReadOnlyList<ImportValue?> Dynamic(NodeContext n)
    {
        var x = n.Real(0);
        var zero = n.Builder.Apply(new Fill(Shape.Scalar, 0));
        var (low, high) = (Functions.Minimum(x.Min(), zero), Functions.Maximum(x.Max(), zero));
        var scale = (high - low) * (1.0 / 255);
        var point = Functions.Clamp(Functions.Round(-low / scale), 0, 255);
        var codes = Functions.Clamp(Functions.Round(x / scale) + point, 0, 255);
        return [new Traced(Functions.Cast(codes, ElementKind.Index), OnnxDataType.UInt8), new Traced(scale, OnnxDataType.Float), new Traced(Functions.Cast(point, ElementKind.Index), OnnxDataType.UInt8)];
    }

    private static Variable Decoded(NodeContext n, int x, int scale, int zero, int? axis)
    {
        var codes = n.Real(x);
        Variable Fit(int argument)
        {
            var p = Parameter(n, argument);
            return p.Shape.Count64 == 1 ? p.Reshape(Shape.Scalar)
                : axis == -1 || p.Shape.Rank > 1 ? p
                : axis is { } a ? p.Reshape(p.Shape.Concat(new Shape([.. Enumerable.Repeat(1, codes.Shape.Rank - 1 - a)])))
                : p.Reshape(p.Shape.Concat(new Shape(1)));
        }

        return (codes - Fit(zero)) * Fit(scale);
    }

    private static IReadOnlyList<ImportValue?> Requantised(NodeContext n, Variable y, int scale, int zero)
    {
        var (least, most) = n[zero].Stored.Range();
        return [new Traced(Functions.Clamp(Functions.Round(y / Parameter(n, scale)) + Parameter(n, zero), least, most), n[zero].Stored)];
    }

    private static IReadOnlyList<ImportValue?> QLinearConv(NodeContext n)
    {
        var (x, w) = (Decoded(n, 0, 1, 2, null), Decoded(n, 3, 4, 5, 0));
        Variable? bias = null;
        if (n.Has(8))
        {
            bias = n.Real(8) * (Parameter(n, 1).Reshape(Shape.Scalar) * (n.Shape(4).Count64 == 1 ? Parameter(n, 4).Reshape(Shape.Scalar) : Parameter(n, 4)));
        }

        return Requantised(n, Convolving.Conv(n, x, w, bias), 6, 7);
    }
}
