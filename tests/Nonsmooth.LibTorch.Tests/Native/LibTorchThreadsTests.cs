using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.LibTorch.Tests.Native;

[Collection(Alone.Name)]
public sealed class LibTorchThreadsTests
{
    [Fact]
    public void TheCountHoldsOnEveryThread()
    {
        var before = LibTorchThreads.Count;
        try
        {
            foreach (var count in new[] { 1, 2, 3 })
            {
                LibTorchThreads.Count = count;
                Assert.Equal(count, LibTorchThreads.Count);
                Assert.Equal(count, Elsewhere());
            }
        }
        finally
        {
            LibTorchThreads.Count = before;
        }
    }

    [Fact]
    public void ACountBelowOneIsRefused() => Assert.Throws<NonsmoothException>(() => LibTorchThreads.Count = 0);

    [Fact]
    public void AThreadsOwnNumberIsItsOwnAndEnds()
    {
        int before = LibTorchThreads.Count;
        using (LibTorchThreads.Use(before + 1))
        {
            using (LibTorchThreads.Use(before + 2))
            {
                Assert.Equal((before + 2, before), (LibTorchThreads.Count, Elsewhere()));
            }

            Assert.Equal((before + 1, before), (LibTorchThreads.Count, Elsewhere()));
        }

        Assert.Equal((before, before), (LibTorchThreads.Count, Elsewhere()));
    }

    private static int Elsewhere()
    {
        int count = 0;
        var thread = new Thread(() => count = LibTorchThreads.Count);
        thread.Start();
        thread.Join();
        return count;
    }
}
