namespace Nonsmooth.Onnx.Files;

/// <summary>What a file may ask for. Everything is checked before memory is taken for it.</summary>
public sealed record OnnxLimits
{
    /// <summary>The limits that hold where none are given.</summary>
    public static OnnxLimits Default { get; } = new();

    /// <summary>The most bytes of a model file; protocol buffers have no more than 2³¹ − 1. Default 2,147,483,591, the longest array.</summary>
    public long FileBytes { get; init; } = Array.MaxLength;

    /// <summary>How deep graphs may be nested in graphs and types in types. Default 64.</summary>
    public int Nesting { get; init; } = 64;

    /// <summary>The most bytes of external data, all together. Default 64 GiB.</summary>
    public long ExternalBytes { get; init; } = 64L << 30;
}
