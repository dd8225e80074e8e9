using System.Buffers.Binary;
using Nonsmooth.Data.Files;

namespace Nonsmooth.Training.Telemetry;

/// <summary>A record of TensorBoard's event files: its length and its bytes, each with a masked CRC-32C.</summary>
/// <remarks>
/// Little-endian: the length as 8 bytes, 4 bytes of checksum of these, the bytes, 4 bytes of their checksum. A checksum c
/// is stored rotated right by 15 bits plus 0xa282ead8, so that files which hold checksums can be checksummed.
/// </remarks>
internal static class TensorRecord
{
    private const int Header = 12;
    private const int Footer = 4;

    /// <summary>The record of some bytes.</summary>
    public static byte[] Of(ReadOnlySpan<byte> data)
    {
        var record = new byte[Header + data.Length + Footer];
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), Masked(record.AsSpan(0, 8)));
        data.CopyTo(record.AsSpan(Header));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(Header + data.Length), Masked(data));
        return record;
    }

    /// <summary>The masked checksum of some bytes.</summary>
    public static uint Masked(ReadOnlySpan<byte> bytes)
    {
        uint checksum = Checksum.Finish(Checksum.Append(Checksum.Start, bytes));
        return uint.RotateRight(checksum, 15) + 0xa282ead8;
    }
}
