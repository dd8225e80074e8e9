using Nonsmooth.LibTorch.Native;
using Nonsmooth.Training.Engine;

namespace Nonsmooth.Training.Tests.Engine;

[Collection("training")]
public sealed class RunThreadsTests
{
    [Fact]
    public void ARunThatSetsThemLeavesTheNextOneItsOwnChoice()
    {
        int before = LibTorchThreads.Count;
        LibTorchThreads.Count = 3;
        Assert.Equal(1, Threads(SmallRun.Options with { SameBits = true, Threads = 0 }));
        Assert.Equal(2, Threads(SmallRun.Options with { Threads = 2 }));
        Assert.Equal(3, Threads(SmallRun.Options with { Threads = 0 }));
        LibTorchThreads.Count = before;
    }

    [Fact]
    public void EvaluatingAtTheEndOnlyChangesNothingElse()
    {
        var (every, expected) = SmallRun.Train(SmallRun.Options);
        var (last, parameters) = SmallRun.Train(SmallRun.Options with { EvaluateLastOnly = true });
        Assert.Equal(expected, parameters);
        Assert.Equal([double.NaN, double.NaN, every.TestLoss!.Value], last.History.Select(e => e.TestLoss));
        Assert.Equal(every.TestAccuracy, last.TestAccuracy);
    }

    private static int Threads(TrainingOptions options)
    {
        using var recorder = new Recorder();
        SmallRun.Train(options with { Epochs = 0 }, recorder);
        return recorder.Plan!.Threads;
    }
}
