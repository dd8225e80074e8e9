namespace Nonsmooth.Data;

/// <summary>How large what a data set is read from may be; what claims to be larger is refused before memory is taken for it.</summary>
/// <remarks>Raise one with <see cref="DatasetOptions.Limits"/>, or by the tool's <c>--text-bytes</c>, <c>--image-bytes</c>, <c>--image-pixels</c>, <c>--unpacked-bytes</c>. What a file must hold besides is checked against the file itself.</remarks>
public sealed record DataLimits
{
    /// <summary>The limits where nothing else is said.</summary>
    public static DataLimits Usual { get; } = new();

    /// <summary>Bytes of a text that is to be encoded. Default 512 MiB; a longer one is given as a file of tokens.</summary>
    public long TextBytes { get; init; } = 512L << 20;

    /// <summary>Bytes of an image file. Default 256 MiB.</summary>
    public long ImageBytes { get; init; } = 256L << 20;

    /// <summary>Rows times columns of an image. Default 2²⁶; above a quarter of that images are decoded one at a time.</summary>
    public long ImagePixels { get; init; } = 1L << 26;

    /// <summary>Bytes that an array or the files of an archive take once unpacked. Default 1 GiB.</summary>
    public long UnpackedBytes { get; init; } = 1L << 30;
}
