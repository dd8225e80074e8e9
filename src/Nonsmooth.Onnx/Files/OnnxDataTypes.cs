using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Files;

/// <summary>What is known of the types of elements.</summary>
public static class OnnxDataTypes
{
    /// <summary>Bits of one element in raw bytes; 0 where it has no fixed size or none is known.</summary>
    public static int Bits(this OnnxDataType type) => type switch
    {
        OnnxDataType.UInt2 or OnnxDataType.Int2 => 2,
        OnnxDataType.UInt4 or OnnxDataType.Int4 or OnnxDataType.Float4E2M1 => 4,
        OnnxDataType.UInt8 or OnnxDataType.Int8 or OnnxDataType.Bool or (>= OnnxDataType.Float8E4M3FN and <= OnnxDataType.Float8E5M2FNUZ) or OnnxDataType.Float8E8M0 => 8,
        OnnxDataType.UInt16 or OnnxDataType.Int16 or OnnxDataType.Float16 or OnnxDataType.BFloat16 => 16,
        OnnxDataType.Float or OnnxDataType.Int32 or OnnxDataType.UInt32 => 32,
        OnnxDataType.Double or OnnxDataType.Int64 or OnnxDataType.UInt64 or OnnxDataType.Complex64 => 64,
        OnnxDataType.Complex128 => 128,
        _ => 0,
    };

    /// <summary>Whether the elements are real numbers.</summary>
    public static bool IsReal(this OnnxDataType type) => type is OnnxDataType.Float or OnnxDataType.Double or OnnxDataType.Float16 or OnnxDataType.BFloat16
        or (>= OnnxDataType.Float8E4M3FN and <= OnnxDataType.Float8E5M2FNUZ) or OnnxDataType.Float4E2M1 or OnnxDataType.Float8E8M0;

    /// <summary>Whether the elements are integers.</summary>
    public static bool IsInteger(this OnnxDataType type) => type is (>= OnnxDataType.UInt8 and <= OnnxDataType.Int64) or OnnxDataType.UInt32 or OnnxDataType.UInt64
        or OnnxDataType.UInt4 or OnnxDataType.Int4 or OnnxDataType.UInt2 or OnnxDataType.Int2;

    /// <summary>What they are in a program; null for texts, complex numbers and unknown types.</summary>
    public static ElementKind? Kind(this OnnxDataType type) => type.IsReal() ? ElementKind.Real
        : type.IsInteger() ? ElementKind.Index
        : type == OnnxDataType.Bool ? ElementKind.Boolean : null;

    /// <summary>The smallest and the largest integer of a type; those of 64 bits for any other.</summary>
    public static (long Least, long Most) Range(this OnnxDataType type) => type switch
    {
        OnnxDataType.UInt2 => (0, 3),
        OnnxDataType.Int2 => (-2, 1),
        OnnxDataType.UInt4 => (0, 15),
        OnnxDataType.Int4 => (-8, 7),
        OnnxDataType.UInt8 => (byte.MinValue, byte.MaxValue),
        OnnxDataType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
        OnnxDataType.UInt16 => (ushort.MinValue, ushort.MaxValue),
        OnnxDataType.Int16 => (short.MinValue, short.MaxValue),
        OnnxDataType.UInt32 => (uint.MinValue, uint.MaxValue),
        OnnxDataType.Int32 => (int.MinValue, int.MaxValue),
        OnnxDataType.UInt64 => (0, long.MaxValue),
        _ => (long.MinValue, long.MaxValue),
    };
}
