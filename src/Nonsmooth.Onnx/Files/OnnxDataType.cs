namespace Nonsmooth.Onnx.Files;

/// <summary>What the elements of a stored tensor are, by the format's own numbers.</summary>
public enum OnnxDataType
{
    /// <summary>Not said.</summary>
    None = 0,

    /// <summary>32-bit float.</summary>
    Float = 1,

    /// <summary>8-bit unsigned integer.</summary>
    UInt8 = 2,

    /// <summary>8-bit integer.</summary>
    Int8 = 3,

    /// <summary>16-bit unsigned integer.</summary>
    UInt16 = 4,

    /// <summary>16-bit integer.</summary>
    Int16 = 5,

    /// <summary>32-bit integer.</summary>
    Int32 = 6,

    /// <summary>64-bit integer.</summary>
    Int64 = 7,

    /// <summary>Byte strings.</summary>
    Text = 8,

    /// <summary>Truth values.</summary>
    Bool = 9,

    /// <summary>16-bit float.</summary>
    Float16 = 10,

    /// <summary>64-bit float.</summary>
    Double = 11,

    /// <summary>32-bit unsigned integer.</summary>
    UInt32 = 12,

    /// <summary>64-bit unsigned integer.</summary>
    UInt64 = 13,

    /// <summary>Two 32-bit floats.</summary>
    Complex64 = 14,

    /// <summary>Two 64-bit floats.</summary>
    Complex128 = 15,

    /// <summary>The upper half of a 32-bit float.</summary>
    BFloat16 = 16,

    /// <summary>8-bit float, 4 bits exponent, without infinities.</summary>
    Float8E4M3FN = 17,

    /// <summary>The same with one NaN in the place of −0.</summary>
    Float8E4M3FNUZ = 18,

    /// <summary>8-bit float, 5 bits exponent.</summary>
    Float8E5M2 = 19,

    /// <summary>The same with one NaN in the place of −0, without infinities.</summary>
    Float8E5M2FNUZ = 20,

    /// <summary>4-bit unsigned integer, two a byte.</summary>
    UInt4 = 21,

    /// <summary>4-bit integer, two a byte.</summary>
    Int4 = 22,

    /// <summary>4-bit float, two a byte.</summary>
    Float4E2M1 = 23,

    /// <summary>A power of two.</summary>
    Float8E8M0 = 24,

    /// <summary>2-bit unsigned integer, four a byte.</summary>
    UInt2 = 25,

    /// <summary>2-bit integer, four a byte.</summary>
    Int2 = 26,
}
