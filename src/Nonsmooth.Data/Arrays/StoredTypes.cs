using System.Buffers.Binary;
using System.Globalization;
using Nonsmooth.Arithmetic;

namespace Nonsmooth.Data.Arrays;

/// <summary>The sizes, names and encodings of <see cref="StoredType"/>.</summary>
public static class StoredTypes
{
    private static readonly (StoredType Type, string Name, int Size)[] Rows =
    [
        (StoredType.F64, "F64", 8), (StoredType.F32, "F32", 4), (StoredType.F16, "F16", 2), (StoredType.BF16, "BF16", 2),
        (StoredType.I64, "I64", 8), (StoredType.I32, "I32", 4), (StoredType.U8, "U8", 1), (StoredType.Bool, "BOOL", 1),
        (StoredType.I16, "I16", 2), (StoredType.I8, "I8", 1), (StoredType.U64, "U64", 8), (StoredType.U32, "U32", 4), (StoredType.U16, "U16", 2),
        (StoredType.F8E4M3, "F8_E4M3", 1), (StoredType.F8E5M2, "F8_E5M2", 1),
    ];

    /// <summary>Bytes of one element.</summary>
    public static int Size(this StoredType type) => Rows[(int)type].Size;

    /// <summary>The name in a safetensors header, for example <c>BOOL</c>.</summary>
    public static string Name(this StoredType type) => Rows[(int)type].Name;

    /// <summary>Whether elements are floating-point numbers.</summary>
    public static bool IsReal(this StoredType type) => type is StoredType.F64 or StoredType.F32 or StoredType.F16 or StoredType.BF16 or StoredType.F8E4M3 or StoredType.F8E5M2;

    /// <summary>The type of a name in a safetensors header, or null where this library has none.</summary>
    public static StoredType? Parse(string? name)
    {
        foreach (var row in Rows)
        {
            if (row.Name == name)
            {
                return row.Type;
            }
        }

        return null;
    }

    internal static string AllNames => string.Join(", ", Rows.Select(row => row.Name));

    /// <summary>One element of a floating-point type.</summary>
    internal static double Real(this StoredType type, ReadOnlySpan<byte> element) => type switch
    {
        StoredType.F64 => BinaryPrimitives.ReadDoubleLittleEndian(element),
        StoredType.F32 => BinaryPrimitives.ReadSingleLittleEndian(element),
        StoredType.F16 => (double)BinaryPrimitives.ReadHalfLittleEndian(element),
        StoredType.BF16 => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(element) << 16),
        StoredType.F8E4M3 => Small(element[0], 4, 7),
        StoredType.F8E5M2 => Small(element[0], 5, 15),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not of floating-point numbers"),
    };

    /// <summary>Writes one element of a floating-point type, rounded to nearest.</summary>
    /// <exception cref="NonsmoothException">The type has 8 bits: nothing here is trained in those.</exception>
    internal static void Write(this StoredType type, Span<byte> element, float value)
    {
        switch (type)
        {
            case StoredType.F64:
                BinaryPrimitives.WriteDoubleLittleEndian(element, value);
                break;
            case StoredType.F32:
                BinaryPrimitives.WriteSingleLittleEndian(element, value);
                break;
            case StoredType.F16:
                BinaryPrimitives.WriteHalfLittleEndian(element, (Half)value);
                break;
            case StoredType.BF16:
                BinaryPrimitives.WriteUInt16LittleEndian(element, (ushort)(BitConverter.SingleToUInt32Bits((float)BFloat16.Round(value)) >> 16));
                break;
            default:
                throw new NonsmoothException($"numbers are not written as {type.Name()}: give F64, F32, F16 or BF16");
        }
    }

    /// <summary>One element of integers or truth values.</summary>
    /// <exception cref="NonsmoothException">It is beyond 63 bits.</exception>
    internal static long Whole(this StoredType type, ReadOnlySpan<byte> element) => type switch
    {
        StoredType.I64 => BinaryPrimitives.ReadInt64LittleEndian(element),
        StoredType.I32 => BinaryPrimitives.ReadInt32LittleEndian(element),
        StoredType.I16 => BinaryPrimitives.ReadInt16LittleEndian(element),
        StoredType.I8 => (sbyte)element[0],
        StoredType.U8 => element[0],
        StoredType.Bool => element[0] == 0 ? 0 : 1,
        StoredType.U16 => BinaryPrimitives.ReadUInt16LittleEndian(element),
        StoredType.U32 => BinaryPrimitives.ReadUInt32LittleEndian(element),
        StoredType.U64 => BinaryPrimitives.ReadUInt64LittleEndian(element) is var value && value <= long.MaxValue
            ? (long)value
            : throw new NonsmoothException(string.Create(CultureInfo.InvariantCulture, $"an element is {value}: integers are below 2^63")),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not of integers"),
    };

    // E4M3 is the variant without infinities, in which all ones are NaN.
    private static double Small(byte bits, int exponentBits, int bias)
    {
        int fractionBits = 7 - exponentBits;
        int exponent = (bits >> fractionBits) & ((1 << exponentBits) - 1);
        int fraction = bits & ((1 << fractionBits) - 1);
        double size = exponentBits == 5 && exponent == 31 ? (fraction == 0 ? double.PositiveInfinity : double.NaN)
            : exponentBits == 4 && (bits & 0x7f) == 0x7f ? double.NaN
            : exponent == 0 ? Math.ScaleB(fraction, 1 - bias - fractionBits)
            : Math.ScaleB((1 << fractionBits) + fraction, exponent - bias - fractionBits);
        return bits >= 0x80 ? -size : size;
    }
}
