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
    /// <param name="limits">How many bytes the data may have; null for the usual limits.</param>
    public static IdxFile Read(string path, int dimensionCount, DataLimits? limits = null) =>
        PackedFile.Read(path, stream => Parse(path, stream, dimensionCount, (limits ?? DataLimits.Usual).UnpackedBytes));

    private static IdxFile Parse(string path, TailStream stream, int dimensionCount, long most)
    {
        var header = 4 + (4 * dimensionCount);
        var content = new byte[header];
        int begun = stream.ReadAtLeast(content, header, throwOnEndOfStream: false);
        content = content[..begun];
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

        if (expected > (UInt128)most)
        {
            throw new NonsmoothException($"'{path}' announces {expected} bytes of data, more than the {most} it may have; it is damaged: fetch it again.");
        }

        var data = Data(stream, (int)expected);
        stream.Drain();
        return expected == (UInt128)(stream.Count - header) && expected > 0
            ? new IdxFile(dimensions, data)
            : throw new NonsmoothException(
                $"'{path}' announces {expected} bytes of data but holds {stream.Count - header}; it is cut or damaged: fetch it again.");
    }

    // Grows with what is there: the header only claims.
    private static byte[] Data(TailStream stream, int expected)
    {
        var data = new byte[Math.Min(expected, 1 << 20)];
        int have = stream.ReadAtLeast(data, data.Length, throwOnEndOfStream: false);
        while (have == data.Length && have < expected)
        {
            Array.Resize(ref data, (int)Math.Min(2L * have, expected));
            have += stream.ReadAtLeast(data.AsSpan(have), data.Length - have, throwOnEndOfStream: false);
        }

        return data;
    }
}
