using Nonsmooth.Dictionary;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Import;

/// <summary>Operations on bits, of values that are known: programs have none.</summary>
internal static class Bits
{
    public static IEnumerable<OperatorRow> Rows =>
    [
        Two("BitwiseAnd", (a, b) => a & b), Two("BitwiseOr", (a, b) => a | b), Two("BitwiseXor", (a, b) => a ^ b),
        Row.Value("BitwiseNot", n => new Known(Tensor.Of(n.Shape(0), Array.ConvertAll(n.Integers(0), v => Wrapped(~v, n[0].Stored))), n[0].Stored)),
        Row.Value("BitShift", n => Combined(n, n.Text("direction", "LEFT") == "LEFT" ? (a, b) => b > 63 ? 0 : a << (int)b : (a, b) => b > 63 ? 0 : (long)((ulong)a >> (int)b))),
        Row.Value("BitCast", BitCast),
    ];

    private static OperatorRow Two(string op, Func<long, long, long> function) => Row.Value(op, n => Combined(n, function));

    private static Known Combined(NodeContext n, Func<long, long, long> function)
    {
        var shape = Broadcasting.Common(n.Shape(0), n.Shape(1));
        var (a, b) = (Spread(n.Shape(0), n.Integers(0), shape), Spread(n.Shape(1), n.Integers(1), shape));
        return new Known(Tensor.Generate(shape, i => Wrapped(function(a[i], b[i]), n[0].Stored)), n[0].Stored);
    }

    private static long[] Spread(Shape from, long[] values, Shape to)
    {
        int[] strides = from.Strides();
        int[] outer = to.Strides();
        int lead = to.Rank - from.Rank;
        return [.. Enumerable.Range(0, to.Elements).Select(i => values[Enumerable.Range(0, from.Rank).Sum(a => from[a] == 1 ? 0 : i / outer[lead + a] % to[lead + a] * strides[a])])];
    }

    private static long Wrapped(long value, OnnxDataType type) => type switch
    {
        OnnxDataType.UInt8 => (byte)value,
        OnnxDataType.Int8 => (sbyte)value,
        OnnxDataType.UInt16 => (ushort)value,
        OnnxDataType.Int16 => (short)value,
        OnnxDataType.UInt32 => (uint)value,
        OnnxDataType.Int32 => (int)value,
        _ => value,
    };

    private static Known BitCast(NodeContext n)
    {
        var to = (OnnxDataType)n.Attribute("to", 1);
        var from = n[0].Stored;
        if (to.Kind() is null || from.Bits() != to.Bits() || from.Bits() < 8)
        {
            throw new Refusal($"it takes the bits of {from} for {to}, which is not supported");
        }

        long[] patterns = n.Constant(0) switch
        {
            Tensor<long> t => t.Elements,
            Tensor<bool> t => Array.ConvertAll(t.Elements, b => b ? 1L : 0),
            var t => Array.ConvertAll(((Tensor<double>)t).Elements, x => from switch
            {
                OnnxDataType.Double => BitConverter.DoubleToInt64Bits(x),
                OnnxDataType.Float => BitConverter.SingleToInt32Bits((float)x),
                OnnxDataType.Float16 => BitConverter.HalfToUInt16Bits((Half)x),
                OnnxDataType.BFloat16 => SmallFloats.BFloat16(x),
                _ => throw new Refusal($"it takes the bits of {from} for {to}, which is not supported"),
            }),
        };
        return new Known(to.Kind() switch
        {
            ElementKind.Real => Tensor.Of(n.Shape(0), Array.ConvertAll(patterns, p => to == OnnxDataType.Double ? BitConverter.Int64BitsToDouble(p) : SmallFloats.Value(to, (uint)p))),
            ElementKind.Index => Tensor.Of(n.Shape(0), Array.ConvertAll(patterns, p => Wrapped(p, to))),
            _ => Tensor.Of(n.Shape(0), Array.ConvertAll(patterns, p => p != 0)),
        }, to);
    }
}
