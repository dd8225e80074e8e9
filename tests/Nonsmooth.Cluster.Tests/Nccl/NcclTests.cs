using System.Runtime.InteropServices;
using Nonsmooth.Cluster.Trials;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Cluster.Tests.Nccl;

/// <summary>NCCL's calls, as they arrive in a library with its interface that moves the processor's memory: nothing here has been on a GPU.</summary>
public sealed unsafe class NcclTests
{
    private const nint Stream = 0x5742;

    private static readonly Lazy<(NcclLibrary Nccl, nint Library)> _shim = new(Load);

    private static NcclLibrary Nccl => _shim.Value.Nccl;

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public void SumsFromDeviceToDeviceHaveTheBitsOfTheTree(int size)
    {
        var nccl = Nccl;
        float[][][] drawn = [.. Trial.Lengths.Select(length => Enumerable.Range(0, size).Select(r => Trial.Draw<float>(r, length)).ToArray())];
        float[][] expected = [.. drawn.Select(shards => Trial.ByDefinition(shards))];
        int live = Counter("shim_live"), destroyed = Counter("shim_destroyed"), compared = 0;
        ThreadRanks.Run(size, ranks =>
        {
            using var devices = NcclRanks.Start(nccl, ranks, Stream);
            Assert.Equal((ranks.Rank, size), (devices.Rank, devices.Size));
            for (int n = 0; n < drawn.Length; n++)
            {
                float[] numbers = [.. drawn[n][ranks.Rank]], scratch = new float[numbers.Length];
                fixed (float* data = numbers, other = scratch)
                {
                    DeviceTreeSum.AllReduce(devices, (nint)data, (nint)other, numbers.Length, sizeof(float), Add);
                }

                Assert.True(MemoryMarshal.AsBytes<float>(numbers).SequenceEqual(MemoryMarshal.AsBytes<float>(expected[n])));
                Interlocked.Increment(ref compared);
            }

            devices.Check();
        });
        Assert.Equal((size * drawn.Length, live, destroyed + size), (compared, Counter("shim_live"), Counter("shim_destroyed")));
    }

    [Fact]
    public void NcclsOwnReductionGetsTypeAndOperation() => ThreadRanks.Run(4, ranks =>
    {
        using var devices = NcclRanks.Start(Nccl, ranks, Stream);
        foreach (var (operation, result) in new[] { (NcclOperation.Sum, 10f), (NcclOperation.Maximum, 4f), (NcclOperation.Average, 2.5f) })
        {
            float[] numbers = [ranks.Rank + 1, -1];
            fixed (float* data = numbers)
            {
                devices.AllReduce((nint)data, 2, NcclType.Float32, operation);
                Assert.Equal([result, operation == NcclOperation.Sum ? -4 : -1], numbers);
                var error = Assert.Throws<CommunicationException>(() => devices.AllReduce(0, 2, NcclType.UInt8, operation));
                Assert.StartsWith("ncclAllReduce of NCCL 2.21.5 says invalid argument (InvalidArgument)", error.Message, StringComparison.Ordinal);
            }
        }
    });

    [Fact]
    public void AnErrorIsSaidInTheLibrarysWordsAndAbortEnds() => ThreadRanks.Run(1, ranks =>
    {
        var nccl = Nccl;
        int aborted = Counter("shim_aborted");
        var devices = NcclRanks.Start(nccl, ranks, Stream);
        Assert.Contains("ncclSend of NCCL 2.21.5 says invalid argument", Assert.Throws<CommunicationException>(() => devices.Exchange(0, 0, 0, 0, 5)).Message, StringComparison.Ordinal);
        devices.Check();
        devices.Abort();
        devices.Abort();
        devices.Dispose();
        Assert.Equal(aborted + 1, Counter("shim_aborted"));
        Assert.Throws<ObjectDisposedException>(devices.Check);
        var other = NcclRanks.Start(nccl, ranks, stream: 1);
        Assert.Throws<CommunicationException>(() => other.Exchange(0, 0, 0, 0, 0 + 1));
        other.Dispose();
    });

    [Fact]
    public void WhereThereIsNoNcclALineSaysSo()
    {
        Assert.Null(NcclLibrary.TryLoad(["libnone-of-these.so"], out string? why));
        Assert.Equal("no NCCL (libnone-of-these.so): install libnccl2, or set NONSMOOTH_NCCL to its path; gradients on the processor need none", why);
        Assert.Null(NcclLibrary.TryLoad(["libc.so.6"], out why));
        Assert.StartsWith("libc.so.6 is not NCCL: ", why, StringComparison.Ordinal);
        Assert.Equal(("NCCL 2.21.5", "NCCL 2.8.4"), (NcclLibrary.NameOf(22105), NcclLibrary.NameOf(2804)));
    }

    [Fact]
    public void ThreeDevicesAreRefused()
    {
        var error = Assert.Throws<NonsmoothException>(() => DeviceTreeSum.AllReduce(new Three(), 0, 0, 1, 4, Add));
        Assert.Contains("start a power of two", error.Message, StringComparison.Ordinal);
    }

    private static void Add(nint left, nint right, nint sum, long length) =>
        Lanes.Add<float>(new((void*)left, (int)length), new((void*)right, (int)length), new((void*)sum, (int)length));

    private static (NcclLibrary Nccl, nint Library) Load()
    {
        string folder = Directory.CreateTempSubdirectory("nccl").FullName;
        try
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, "Nccl", "nccl.c"), Path.Combine(folder, "nccl.c"));
            string path = CLibrary.Compile(folder, "nccl", "-Wall -Werror -pthread");
            nint library = NativeLibrary.Load(path);
            return (NcclLibrary.TryLoad([path], out string? why) ?? throw new InvalidDataException(why), library);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static int Counter(string name) => ((delegate* unmanaged<int>)NativeLibrary.GetExport(_shim.Value.Library, name))();

    private sealed class Three : IDeviceRanks
    {
        public int Rank => 0;

        public int Size => 3;

        public void Exchange(nint given, long givenBytes, nint taken, long takenBytes, int partner) => throw new NotSupportedException();
    }
}
