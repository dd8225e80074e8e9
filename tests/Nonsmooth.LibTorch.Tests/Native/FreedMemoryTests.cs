using Nonsmooth.LibTorch.Native;
using Nonsmooth.LibTorch.Tensors;

namespace Nonsmooth.LibTorch.Tests.Native;

[Collection(Alone.Name)]
public sealed class FreedMemoryTests
{
    // Less than what glibc maps apart, more than a page.
    private const int Numbers = 24_000;

    [Fact]
    public void PagesOfReleasedTensorsAreHandedBack()
    {
        Assert.SkipUnless(FreedMemory.IsSupported, "the C library is not glibc of version 2.33 or later");
        var freed = new FreedMemory { Most = 32 << 20 };

        // What earlier tests left to finalizers is released now, not between the two looks.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        freed.Return();
        var kept = new List<TorchTensor>();
        var released = new List<TorchTensor>();
        for (int i = 0; i < 2000; i++)
        {
            (i % 2 == 0 ? kept : released).Add(TorchTensor.Full([Numbers], i));
        }

        long held = Resident();
        Assert.False(freed.Return());
        released.ForEach(t => t.Dispose());
        Assert.True(freed.Return());
        Assert.False(freed.Return());
        Assert.True(held - Resident() > 48L << 20, $"{held} bytes were resident, {Resident()} are");
        Assert.All(kept.Index(), k => Assert.Equal(2 * k.Index, k.Item.AsSpan<float>()[Numbers - 1]));
        kept.ForEach(t => t.Dispose());
    }

    private static long Resident() => long.Parse(
        File.ReadAllText("/proc/self/statm").Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture) * Environment.SystemPageSize;
}
