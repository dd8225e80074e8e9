using System.Buffers.Binary;
using System.IO.Hashing;

namespace Nonsmooth.Data;

/// <summary>
/// Tells a whole image file from a cut one. The decoder does not: it fills what is missing with grey and ignores
/// the checksums of PNG.
/// </summary>
internal static class WholeImage
{
    /// <summary>What is wrong with a JPEG or PNG file, or null. JPEG has no checksum: damage that leaves its codes whole cannot be told.</summary>
    public static string? Fault(ReadOnlySpan<byte> file) => file switch
    {
        [0xFF, 0xD8, ..] when file.TrimEnd((byte)0) is not [.., 0xFF, 0xD9] => "its JPEG data are cut: the end mark is missing",
        [0xFF, 0xD8, ..] => JpegScan.IsDamaged(file) ? "its JPEG data are damaged" : null,
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, ..] => PngFault(file[8..]),
        [] => "it is empty",
        _ => "it is neither a JPEG nor a PNG file",
    };

    private static string? PngFault(ReadOnlySpan<byte> chunks)
    {
        // A chunk: the length of its data, its type, its data, the checksum of type and data.
        while (chunks.Length >= 12)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(chunks);
            if (length > chunks.Length - 12)
            {
                break;
            }

            var checkedPart = chunks.Slice(4, 4 + (int)length);
            if (Crc32.HashToUInt32(checkedPart) != BinaryPrimitives.ReadUInt32BigEndian(chunks[(8 + (int)length)..]))
            {
                return "its PNG data are damaged: a checksum is wrong";
            }

            if (checkedPart.StartsWith("IEND"u8))
            {
                return null;
            }

            chunks = chunks[(12 + (int)length)..];
        }

        return "its PNG data are cut: the end mark is missing";
    }
}
