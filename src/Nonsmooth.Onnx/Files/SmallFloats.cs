namespace Nonsmooth.Onnx.Files;

/// <summary>The values of short floating-point patterns.</summary>
internal static class SmallFloats
{
    /// <summary>The number that a pattern stands for.</summary>
    public static double Value(OnnxDataType type, uint bits) => type switch
    {
        OnnxDataType.Float => BitConverter.UInt32BitsToSingle(bits),
        OnnxDataType.Float16 => (double)BitConverter.UInt16BitsToHalf((ushort)bits),
        OnnxDataType.BFloat16 => BitConverter.UInt32BitsToSingle(bits << 16),
        OnnxDataType.Float8E4M3FN => (bits & 0x7F) == 0x7F ? double.NaN : Of(bits, 4, 3, 7),
        OnnxDataType.Float8E4M3FNUZ => bits == 0x80 ? double.NaN : Of(bits, 4, 3, 8),
        OnnxDataType.Float8E5M2 => (bits & 0x7C) == 0x7C ? (double)BitConverter.UInt16BitsToHalf((ushort)(bits << 8)) : Of(bits, 5, 2, 15),
        OnnxDataType.Float8E5M2FNUZ => bits == 0x80 ? double.NaN : Of(bits, 5, 2, 16),
        OnnxDataType.Float4E2M1 => Of(bits, 2, 1, 1),
        OnnxDataType.Float8E8M0 => bits == 0xFF ? double.NaN : Math.ScaleB(1, (int)bits - 127),
        _ => throw new OnnxException($"{type} is no floating-point type"),
    };

    /// <summary>The bfloat16 pattern nearest to a number, ties to even.</summary>
    public static ushort BFloat16(double value)
    {
        uint bits = BitConverter.SingleToUInt32Bits((float)value);
        return double.IsNaN(value) ? (ushort)0x7FC0 : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }

    private static double Of(uint bits, int exponents, int fractions, int bias)
    {
        uint fraction = bits & ((1u << fractions) - 1);
        int exponent = (int)(bits >> fractions) & ((1 << exponents) - 1);
        double size = exponent == 0
            ? Math.ScaleB(fraction, 1 - bias - fractions)
            : Math.ScaleB(fraction + (1u << fractions), exponent - bias - fractions);
        return ((bits >> (exponents + fractions)) & 1) == 0 ? size : -size;
    }
}
