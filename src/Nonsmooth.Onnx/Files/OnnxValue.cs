using System.Globalization;

namespace Nonsmooth.Onnx.Files;

/// <summary>A named value of a graph and its type, as far as the file gives it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type; null where the file gives none.</param>
public sealed record OnnxValue(string Name, OnnxType? Type)
{
    internal IReadOnlyList<ReadOnlyMemory<byte>> Others { get; init; } = [];
}

/// <summary>What kind of value a type describes.</summary>
public enum OnnxTypeKind
{
    /// <summary>Something else.</summary>
    Other,

    /// <summary>A tensor.</summary>
    Tensor,

    /// <summary>A list of values of one type.</summary>
    Sequence,

    /// <summary>A value or none.</summary>
    Optional,
}

/// <summary>The type of a value.</summary>
public sealed record OnnxType
{
    /// <summary>What kind of value it is.</summary>
    public OnnxTypeKind Kind { get; init; }

    /// <summary>What a tensor's elements are.</summary>
    public OnnxDataType Element { get; init; }

    /// <summary>A tensor's axes; null where the file does not even say how many: not the same as a scalar's none.</summary>
    public IReadOnlyList<OnnxDim>? Dims { get; init; }

    /// <summary>What a sequence or an optional value holds.</summary>
    public OnnxType? Inner { get; init; }

    internal ReadOnlyMemory<byte> Encoded { get; init; }

    /// <summary>The type of a tensor.</summary>
    public static OnnxType Tensor(OnnxDataType element, IReadOnlyList<OnnxDim>? dims) => new() { Kind = OnnxTypeKind.Tensor, Element = element, Dims = dims };
}

/// <summary>The size of an axis: a number, a name, or unknown.</summary>
/// <param name="Size">The number, not negative; null where there is none.</param>
/// <param name="Symbol">The name that equal sizes share; empty where there is none.</param>
public sealed record OnnxDim(long? Size, string Symbol = "")
{
    /// <summary>The number, the name, or a question mark.</summary>
    public override string ToString() => Size is { } size ? size.ToString(CultureInfo.InvariantCulture) : Symbol.Length > 0 ? Symbol : "?";
}
