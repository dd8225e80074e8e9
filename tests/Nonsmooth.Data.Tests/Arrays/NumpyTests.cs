using System.IO.Compression;
using System.Text;
using Nonsmooth.Data.Arrays;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Data.Tests.Arrays;

public sealed class NumpyTests
{
    [Fact]
    public void AnArchiveGivesBackWhatWasWritten()
    {
        using var folder = new TemporaryFolder();
        var arrays = new Dictionary<string, StoredTensor>
        {
            ["a"] = StoredTensor.Of([1.5, -2, double.NaN], 3), ["b"] = StoredTensor.Of([1f, 2, 3, 4, 5, 6], 2, 3), ["scalar"] = StoredTensor.Of([7L]),
            ["empty"] = StoredTensor.Of(Array.Empty<float>(), 0, 4), ["mask"] = StoredTensor.Of([true, false], 2), ["half"] = StoredTensor.Of([(Half)0.5], 1),
        };
        Numpy.Write(folder.File("x.npz"), arrays);
        var read = Numpy.Read(folder.File("x.npz"));
        Assert.Equal(arrays.Keys, read.Keys);
        Assert.All(arrays, a => Assert.Equal((a.Value.Type, Convert.ToHexString(a.Value.Bytes.Span)), (read[a.Key].Type, Convert.ToHexString(read[a.Key].Bytes.Span))));
        Assert.All(arrays, a => Assert.Equal(a.Value.Shape, read[a.Key].Shape));
        byte[] first = File.ReadAllBytes(folder.File("x.npz"));
        Numpy.Write(folder.File("y.npz"), arrays);
        Assert.Equal(first, File.ReadAllBytes(folder.File("y.npz")));
    }

    [Fact]
    public void OrdersOfBytesAndAxesAreUndone()
    {
        using var folder = new TemporaryFolder();
        byte[] numbers = [.. new short[] { 1, 2, 3, 4, 5, 6 }.SelectMany(v => new[] { (byte)(v >> 8), (byte)v })];
        File.WriteAllBytes(folder.File("f.npy"), Npy("{'descr': '>i2', 'fortran_order': True, 'shape': (2, 3), }", numbers));
        var read = Numpy.Read(folder.File("f.npy"))["f"];
        Assert.Equal([1, 3, 5, 2, 4, 6], read.ToLongs());
    }

    [Theory]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (2,), }", "type '|O': save it as numbers")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (4611686018427387904,), }", "it claims [4611686018427387904]")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }", "it ends within its elements")]
    [InlineData("{'descr': '<f8', 'fortran_order': False}", "no shape")]
    public void WhatCannotBeReadSaysWhy(string head, string why)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("x.npy"), Npy(head, new byte[16]));
        Assert.Contains(why, Assert.Throws<NonsmoothException>(() => Numpy.Read(folder.File("x.npy"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnArchiveThatUnpacksToTooMuchIsRefused()
    {
        using var folder = new TemporaryFolder();
        using (var zip = ZipFile.Open(folder.File("x.npz"), ZipArchiveMode.Create))
        {
            using var entry = zip.CreateEntry("x.npy", CompressionLevel.SmallestSize).Open();
            entry.Write(Npy("{'descr': '|u1', 'fortran_order': False, 'shape': (4000000,), }", new byte[4_000_000]));
        }

        Assert.Contains("raise unpacked-bytes", Assert.Throws<NonsmoothException>(() => Numpy.Read(folder.File("x.npz"), 1 << 20)).Message, StringComparison.Ordinal);
        Assert.Equal(4_000_000, Numpy.Read(folder.File("x.npz"))["x"].Count);
    }

    private static byte[] Npy(string head, byte[] elements) =>
        [0x93, .. "NUMPY"u8, 1, 0, (byte)(head.Length + 1), 0, .. Encoding.ASCII.GetBytes(head + "\n"), .. elements];
}
