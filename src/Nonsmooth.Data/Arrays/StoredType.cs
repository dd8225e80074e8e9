namespace Nonsmooth.Data.Arrays;

/// <summary>How the elements of a stored tensor are encoded, little-endian; the names are those of the safetensors format.</summary>
public enum StoredType
{
    /// <summary>64-bit floating point.</summary>
    F64,

    /// <summary>32-bit floating point.</summary>
    F32,

    /// <summary>16-bit floating point (IEEE binary16).</summary>
    F16,

    /// <summary>16-bit floating point with the exponent of 32-bit.</summary>
    BF16,

    /// <summary>64-bit signed integer.</summary>
    I64,

    /// <summary>32-bit signed integer.</summary>
    I32,

    /// <summary>8-bit unsigned integer.</summary>
    U8,

    /// <summary>One byte, 0 or 1.</summary>
    Bool,

    /// <summary>16-bit signed integer.</summary>
    I16,

    /// <summary>8-bit signed integer.</summary>
    I8,

    /// <summary>64-bit unsigned integer.</summary>
    U64,

    /// <summary>32-bit unsigned integer.</summary>
    U32,

    /// <summary>16-bit unsigned integer.</summary>
    U16,

    /// <summary>8-bit floating point, 4 bits of exponent, no infinity.</summary>
    F8E4M3,

    /// <summary>8-bit floating point, 5 bits of exponent.</summary>
    F8E5M2,
}
