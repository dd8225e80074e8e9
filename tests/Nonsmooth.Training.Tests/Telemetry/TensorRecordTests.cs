using System.Text;
using Nonsmooth.Training.Telemetry;

namespace Nonsmooth.Training.Tests.Telemetry;

public class TensorRecordTests
{
    // CRC-32C of "123456789" is e3069283 (the check value of the catalogue of CRCs), of 32 zero bytes 8a9136aa (RFC 3720, B.4).
    [Fact]
    public void Checksums_are_castagnolis_rotated_and_shifted()
    {
        Assert.Equal(Mask(0xe3069283), TensorRecord.Masked("123456789"u8));
        Assert.Equal(Mask(0x8a9136aa), TensorRecord.Masked(new byte[32]));

        static uint Mask(uint c) => unchecked(((c >> 15) | (c << 17)) + 0xa282ead8u);
    }

    [Fact]
    public void A_record_is_length_checksum_bytes_checksum()
    {
        byte[] data = Encoding.ASCII.GetBytes("123456789");
        var record = TensorRecord.Of(data);
        Assert.Equal(12 + 9 + 4, record.Length);
        Assert.Equal([9, 0, 0, 0, 0, 0, 0, 0], record[..8]);
        Assert.Equal(BitConverter.GetBytes(TensorRecord.Masked(record.AsSpan(0, 8))), record[8..12]);
        Assert.Equal(data, record[12..21]);
        Assert.Equal(BitConverter.GetBytes(TensorRecord.Masked(data)), record[21..]);
    }
}
