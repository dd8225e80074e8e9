using Nonsmooth.Dictionary;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Import;

/// <summary>Comparisons, logic, choices and conversions.</summary>
internal static class Comparing
{
    public static IEnumerable<OperatorRow> Rows =>
    [
        Compare("Less", Functions.Less), Compare("LessOrEqual", Functions.LessEqual),
        Compare("Greater", Functions.Greater), Compare("GreaterOrEqual", Functions.GreaterEqual), Compare("Equal", Integers.Equal),
        Compare("And", Functions.And), Compare("Or", Functions.Or), Compare("Xor", Integers.Xor),
        Row.Of("Not", n => Functions.Not(n.Any(0))),
        Row.Of("Where", Where),
        Row.Of("IsNaN", n => Functions.NotEqual(n.Real(0), n.Real(0))),
        Row.Of("IsInf", IsInf),
        Row.Value("Cast", n => Cast(n, (OnnxDataType)n.Attribute("to", 1))),
        Row.Value("CastLike", n => Cast(n, n[1].Stored)),
    ];

    private static OperatorRow Compare(string op, Func<Variable, Variable, Variable> function) =>
        Row.Of(op, n => function(n.Any(0), Elementwise.Aligned(n, n.Any(0), n.Any(1))));

    private static Variable Where(NodeContext n)
    {
        if (n[0] is Known { Value: Tensor<bool> { Elements: [var only] } } && n[0].Shape.Rank == 0 && n[1].Shape.Equals(n[2].Shape))
        {
            return n.Any(only ? 1 : 2);
        }

        return Functions.Where(n.Any(0), n.Any(1), n.Any(2));
    }

    private static Variable IsInf(NodeContext n)
    {
        var x = n.Real(0);
        var (up, down) = (n.Flag("detect_positive", true), n.Flag("detect_negative", true));
        return (up, down) switch
        {
            (true, true) => Functions.Equal(Functions.Abs(x), double.PositiveInfinity),
            (true, false) => Functions.Equal(x, double.PositiveInfinity),
            (false, true) => Functions.Equal(x, double.NegativeInfinity),
            _ => Integers.Truth(n.Builder, x.Shape, false),
        };
    }

    private static ImportValue? Cast(NodeContext n, OnnxDataType to)
    {
        var kind = to.Kind() ?? throw new Refusal($"it converts to {to}, which is not supported: real numbers, integers and truth values are");
        if (n[0].Kind == ElementKind.Real && kind == ElementKind.Real)
        {
            if (to.Bits() <= 8 && to != n[0].Stored)
            {
                return n[0] is Known or Initial
                    ? new Known(SmallFormats.Rounded((Tensor<double>)n.Constant(0), to, n.Flag("saturate", true)), to)
                    : throw new Refusal($"it rounds to {to}, a staircase that is not supported on data: bind the input that it follows from to a value");
            }

            if (to.Bits() < Math.Min(32, n[0].Stored.Bits()) || (to == OnnxDataType.BFloat16 && n[0].Stored == OnnxDataType.Float16))
            {
                n.Note(OnnxNoteKind.StoredType, $"the rounding to {to} is left out: the program is over the reals");
            }

            return Retyped(n[0], to);
        }

        if (n[0] is Known known)
        {
            return new Known(Converted(known.Value, kind, to), to);
        }

        if (n[0] is Initial && kind != ElementKind.Real)
        {
            return new Known(Converted(n.Constant(0), kind, to), to);
        }

        var x = Functions.Cast(n.Any(0), kind);
        return new Traced(kind == ElementKind.Index ? Integers.Wrap(x, to) : x, to);
    }

    /// <summary>The same value, said to be stored as another type of its kind.</summary>
    private static ImportValue Retyped(ImportValue value, OnnxDataType to) => value switch
    {
        Traced traced => traced with { Stored = to },
        Known known => known with { Stored = to },
        _ => value,
    };

    private static Tensor Converted(Tensor value, ElementKind kind, OnnxDataType to)
    {
        double[] reals = value switch
        {
            Tensor<double> t => t.Elements,
            Tensor<bool> t => Array.ConvertAll(t.Elements, b => b ? 1.0 : 0),
            _ => [],
        };
        return (value, kind) switch
        {
            (Tensor<long> t, ElementKind.Real) => Tensor.Of(t.Shape, Array.ConvertAll(t.Elements, x => (double)x)),
            (Tensor<long> t, ElementKind.Index) => Tensor.Of(t.Shape, Array.ConvertAll(t.Elements, x => Wrapped(x, to))),
            (Tensor<long> t, _) => Tensor.Of(t.Shape, Array.ConvertAll(t.Elements, x => x != 0)),
            (_, ElementKind.Real) => Tensor.Of(value.Shape, reals),
            (_, ElementKind.Index) => Tensor.Of(value.Shape, Array.ConvertAll(reals, x => Wrapped((long)x, to))),
            _ => Tensor.Of(value.Shape, Array.ConvertAll(reals, x => x != 0)),
        };
    }

    private static long Wrapped(long value, OnnxDataType to) => to switch
    {
        OnnxDataType.UInt8 => (byte)value,
        OnnxDataType.Int8 => (sbyte)value,
        OnnxDataType.UInt16 => (ushort)value,
        OnnxDataType.Int16 => (short)value,
        OnnxDataType.UInt32 => (uint)value,
        OnnxDataType.Int32 => (int)value,
        OnnxDataType.UInt4 => value & 15,
        OnnxDataType.Int4 => ((value & 15) ^ 8) - 8,
        OnnxDataType.UInt2 => value & 3,
        OnnxDataType.Int2 => ((value & 3) ^ 2) - 2,
        _ => value,
    };
}
