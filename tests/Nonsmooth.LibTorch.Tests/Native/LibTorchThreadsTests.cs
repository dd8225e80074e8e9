using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.LibTorch.Tests.Native;

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
                var elsewhere = 0;
                var thread = new Thread(() => elsewhere = LibTorchThreads.Count);
                thread.Start();
                thread.Join();
                Assert.Equal(count, elsewhere);
            }
        }
        finally
        {
            LibTorchThreads.Count = before;
        }
    }

    [Fact]
    public void ACountBelowOneIsRefused() => Assert.Throws<NonsmoothException>(() => LibTorchThreads.Count = 0);
}
