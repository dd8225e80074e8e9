using Nonsmooth.Tensors;

namespace Nonsmooth.Pretrained.Archives;

/// <summary>What the elements of a tensor are, numbered as archives number them.</summary>
public enum ArchiveType
{
    /// <summary>Not known.</summary>
    Unknown = 0,

    /// <summary>8 bits without sign.</summary>
    Byte = 1,

    /// <summary>8 bits.</summary>
    Char = 2,

    /// <summary>16 bits.</summary>
    Short = 3,

    /// <summary>32 bits.</summary>
    Int = 4,

    /// <summary>64 bits.</summary>
    Long = 5,

    /// <summary>16 bits, 5 of exponent.</summary>
    Half = 6,

    /// <summary>32 bits.</summary>
    Float = 7,

    /// <summary>64 bits.</summary>
    Double = 8,

    /// <summary>Two halves.</summary>
    ComplexHalf = 9,

    /// <summary>Two floats.</summary>
    ComplexFloat = 10,

    /// <summary>Two doubles.</summary>
    ComplexDouble = 11,

    /// <summary>Truth values, a byte each.</summary>
    Bool = 12,

    /// <summary>16 bits, 8 of exponent.</summary>
    BFloat16 = 13,

    /// <summary>16 bits without sign.</summary>
    UInt16 = 28,

    /// <summary>8 bits, 4 of exponent, without infinities.</summary>
    Float8E4M3Fn = 29,

    /// <summary>8 bits, 5 of exponent.</summary>
    Float8E5M2 = 30,

    /// <summary>32 bits without sign.</summary>
    UInt32 = 34,

    /// <summary>64 bits without sign.</summary>
    UInt64 = 35,
}

/// <summary>What there is to say of types.</summary>
public static class ArchiveTypes
{
    /// <summary>Bytes of an element; 0 where the type is not known.</summary>
    public static int Size(this ArchiveType type) => type switch
    {
        ArchiveType.Byte or ArchiveType.Char or ArchiveType.Bool or ArchiveType.Float8E4M3Fn or ArchiveType.Float8E5M2 => 1,
        ArchiveType.Short or ArchiveType.Half or ArchiveType.BFloat16 or ArchiveType.UInt16 => 2,
        ArchiveType.Int or ArchiveType.Float or ArchiveType.UInt32 or ArchiveType.ComplexHalf => 4,
        ArchiveType.Long or ArchiveType.Double or ArchiveType.UInt64 or ArchiveType.ComplexFloat => 8,
        ArchiveType.ComplexDouble => 16,
        _ => 0,
    };

    /// <summary>What they are in a program.</summary>
    /// <exception cref="ArchiveException">They are complex numbers or unknown, which programs do not have.</exception>
    public static ElementKind Kind(this ArchiveType type) => type switch
    {
        ArchiveType.Half or ArchiveType.Float or ArchiveType.Double or ArchiveType.BFloat16 or ArchiveType.Float8E4M3Fn or ArchiveType.Float8E5M2 => ElementKind.Real,
        ArchiveType.Bool => ElementKind.Boolean,
        ArchiveType.Byte or ArchiveType.Char or ArchiveType.Short or ArchiveType.Int or ArchiveType.Long or ArchiveType.UInt16 or ArchiveType.UInt32 or ArchiveType.UInt64 => ElementKind.Index,
        _ => throw new ArchiveException($"elements of type {type} have no place in a program: real numbers, integers and truth values have"),
    };
}
