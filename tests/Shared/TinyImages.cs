using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using System.IO.Hashing;

namespace Nonsmooth.Tests.Shared;

/// <summary>Writes the image files and archives that tests read.</summary>
internal static class TinyImages
{
    /// <summary>A PNG of the given size; <paramref name="pixels"/> are red, green, blue of each pixel, row by row.</summary>
    public static byte[] Png(int width, int height, ReadOnlySpan<byte> pixels)
    {
        var rows = new MemoryStream();
        using (var zlib = new ZLibStream(rows, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var y = 0; y < height; y++)
            {
                zlib.WriteByte(0);
                zlib.Write(pixels.Slice(3 * width * y, 3 * width));
            }
        }

        return
        [
            0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n',
            .. Chunk("IHDR"u8, [.. BigEndian((uint)width), .. BigEndian((uint)height), 8, 2, 0, 0, 0]),
            .. Chunk("IDAT"u8, rows.ToArray()),
            .. Chunk("IEND"u8, []),
        ];
    }

    /// <summary>A PNG of 32x32 pixels of one colour.</summary>
    public static byte[] Png(byte red, byte green, byte blue)
    {
        var pixels = new byte[3 * 32 * 32];
        for (var i = 0; i < pixels.Length; i += 3)
        {
            (pixels[i], pixels[i + 1], pixels[i + 2]) = (red, green, blue);
        }

        return Png(32, 32, pixels);
    }

    /// <summary>A JPEG of 32x32 pixels of one grey, from 65 to 96: steps of 8 make its one coefficient the grey less 128.</summary>
    public static byte[] Jpeg(byte grey)
    {
        // The first block's difference is negative with 6 bits: code 10, then it plus 63; every other code is 0.
        var bits = (0b10 << 6) | (grey - 128 + 63);
        return
        [
            0xFF, 0xD8,
            0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)8, 64),
            0xFF, 0xC0, 0, 11, 8, 0, 32, 0, 32, 1, 1, 0x11, 0,
            0xFF, 0xC4, 0, 21, 0x00, 1, 1, .. new byte[14], 0, 6,
            0xFF, 0xC4, 0, 20, 0x10, 1, .. new byte[15], 0,
            0xFF, 0xDA, 0, 8, 1, 1, 0x00, 0, 63, 0,
            (byte)bits, 0, 0, 0, 1,
            0xFF, 0xD9,
        ];
    }

    /// <summary>A tar archive of files, in the given order.</summary>
    public static byte[] Tar(params (string Name, byte[] Content)[] files)
    {
        var stored = new MemoryStream();
        using (var tar = new TarWriter(stored, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
            }
        }

        return stored.ToArray();
    }

    /// <summary>Gzips bytes.</summary>
    public static byte[] Zip(byte[] content)
    {
        using var stored = new MemoryStream();
        using (var gzip = new GZipStream(stored, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return stored.ToArray();
    }

    private static byte[] Chunk(ReadOnlySpan<byte> type, byte[] data)
    {
        byte[] body = [.. type, .. data];
        return [.. BigEndian((uint)data.Length), .. body, .. BigEndian(Crc32.HashToUInt32(body))];
    }

    private static byte[] BigEndian(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}
