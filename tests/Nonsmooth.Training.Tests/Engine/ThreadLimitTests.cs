using Nonsmooth.LibTorch.Native;
using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Settings;

namespace Nonsmooth.Training.Tests.Engine;

/// <summary>More threads than a machine starts once ended the process without a word.</summary>
[Collection("training")]
public class ThreadLimitTests
{
    [Theory]
    [InlineData(100_000)]
    [InlineData(int.MaxValue)]
    public void TooManyThreadsAreRefusedWithTheLimit(int threads)
    {
        AssertRefused(() => SmallRun.Train(SmallRun.Options with { Threads = threads }));
        AssertRefused(() => SmallRun.Train(SmallRun.Options with { DataWorkers = threads }));
        AssertRefused(() => LibTorchThreads.Count = threads);
        AssertRefused(() => new WorkerPool(threads).Dispose());
        void AssertRefused(Action use) =>
            Assert.EndsWith($"takes at most {ThreadLimit.Most}", Assert.Throws<NonsmoothException>(use).Message, StringComparison.Ordinal);
    }
}
