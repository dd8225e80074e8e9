using System.Buffers.Binary;
using System.IO.Compression;

namespace Nonsmooth.Data;

/// <summary>Tells PNG files whose data unpack to far more than their pixels: the decoder would unpack all of it.</summary>
internal static class PngBomb
{
    // What one byte of deflate can become.
    private const long Expansion = 1032;
    private const long Harmless = 1L << 27;

    /// <summary>What is wrong with a whole PNG file; null for any other, too.</summary>
    public static string? Fault(byte[] file, int width, int height)
    {
        // Eight bytes a pixel is the widest there is; interlacing adds at most a byte a row and pass.
        long most = ((8L * width) + 1) * height + (8L * height) + Harmless;
        return file is [0x89, 0x50, ..] && Expansion * file.Length > most && Unpacked(file, most) > most
            ? $"unpacks to far more than its {width}x{height} pixels; replace it."
            : null;
    }

    private static long Unpacked(byte[] file, long most)
    {
        using var data = new MemoryStream();
        for (int at = 8; at + 12 <= file.Length;)
        {
            int length = (int)BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            if (file.AsSpan(at + 4).StartsWith("IDAT"u8))
            {
                data.Write(file, at + 8, length);
            }

            at += 12 + length;
        }

        data.Position = 0;
        using var unpacked = new ZLibStream(data, CompressionMode.Decompress);
        var block = new byte[1 << 16];
        long count = 0;
        for (int read = unpacked.Read(block); read > 0 && count <= most; read = unpacked.Read(block))
        {
            count += read;
        }

        return count;
    }
}
