using System.Runtime.InteropServices;
using System.Text;
using CsCheck;
using Nonsmooth.Data.Files;

namespace Nonsmooth.Data.Tests.Files;

public sealed class ChecksumTests
{
    [Fact]
    public void GivesThePublishedCheckValue() =>
        Assert.Equal(0xE3069283u, Checksum.Finish(Checksum.Append(Checksum.Start, Encoding.ASCII.GetBytes("123456789"))));

    [Fact]
    public void OfManyNumbersIsThatOfTheirBytes()
    {
        ushort[] numbers = [.. Enumerable.Range(0, (1 << 21) + 3).Select(i => (ushort)(i * 7))];
        Assert.Equal(Checksum.Append(Checksum.Start, MemoryMarshal.AsBytes<ushort>(numbers)), Checksum.Append(Checksum.Start, numbers.AsSpan()));
    }

    [Fact]
    public void DoesNotDependOnThePieces() => Gen.Select(Gen.Byte.Array[0, 50], Gen.Int[0, 50]).Sample((bytes, cut) =>
    {
        cut = Math.Min(cut, bytes.Length);
        var whole = Checksum.Append(Checksum.Start, bytes);
        Assert.Equal(whole, Checksum.Append(Checksum.Append(Checksum.Start, bytes.AsSpan(0, cut)), bytes.AsSpan(cut)));
    }, iter: 500);
}
