using System.Buffers.Binary;

namespace Nonsmooth.Data;

/// <summary>An array of bytes in the IDX format: two zero bytes, a type, the number of dimensions, each size, the data.</summary>
/// <param name="Dimensions">The sizes, outermost first.</param>
/// <param name="Bytes">The data, last dimension fastest.</param>
public sealed record IdxFile(int[] Dimensions, byte[] Bytes)
{
    private const byte UnsignedByte = 0x08;

    /// <summary>Reads a file of unsigned bytes, gzipped or not (its first bytes tell).</summary>
    /// <param name="path">The file.</param>
    /// <param name="dimensionCount">How many dimensions it shall have.</param>
    /// <exception cref="NonsmoothException">The file cannot be read, is cut, damaged, or holds something else.</exception>
    public static IdxFile Read(string path, int dimensionCount) => Parse(path, PackedFile.ReadAll(path), dimensionCount);

    private static IdxFile Parse(string path, byte[] content, int dimensionCount)
    {
        var header = 4 + (4 * dimensionCount);
        if (content.Length < 4)
        {
            throw new NonsmoothException($"'{path}' is {content.Length} bytes long, too short for an IDX file; fetch it again.");
        }

        if (content[0] != 0 || content[1] != 0)
        {
            throw new NonsmoothException($"'{path}' is not an IDX file: it starts with 0x{content[0]:X2}{content[1]:X2}, not 0x0000; fetch it again.");
        }

        if (content[2] != UnsignedByte)
        {
            throw new NonsmoothException($"'{path}' holds IDX type 0x{content[2]:X2}, not unsigned bytes (0x08); fetch it again.");
        }

        if (content[3] != dimensionCount)
        {
            throw new NonsmoothException($"'{path}' has {content[3]} dimensions, not {dimensionCount}; check that images and labels are not exchanged.");
        }

        if (content.Length < header)
        {
            throw new NonsmoothException($"'{path}' is cut in its header, after {content.Length} of {header} bytes; fetch it again.");
        }

        var dimensions = new int[dimensionCount];
        var expected = (UInt128)1;
        for (var i = 0; i < dimensionCount; i++)
        {
            var size = BinaryPrimitives.ReadUInt32BigEndian(content.AsSpan(4 + (4 * i)));
            expected *= size;
            dimensions[i] = (int)Math.Min(size, int.MaxValue);
        }

        return expected == (UInt128)(content.Length - header) && expected > 0
            ? new IdxFile(dimensions, content[header..])
            : throw new NonsmoothException(
                $"'{path}' announces {expected} bytes of data but holds {content.Length - header}; it is cut or damaged: fetch it again.");
    }
}
