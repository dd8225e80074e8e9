using Nonsmooth.Data;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Tests.Engine;

[Collection("training")]
public sealed class RunThreadsTests
{
    [Fact]
    public void ARunThatSetsThemLeavesTheNextOneItsOwnChoice()
    {
        using var use = LibTorchThreads.Use(3);
        Assert.Equal(1, Threads(SmallRun.Options with { SameBits = true, Threads = 0 }));
        Assert.Equal(2, Threads(SmallRun.Options with { Threads = 2 }));
        Assert.Equal(3, Threads(SmallRun.Options with { Threads = 0 }));
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

    [Trait("Speed", "Slow")]
    [Fact]
    public async Task ARunBesideItWithOtherThreadsChangesNoBit()
    {
        var options = SmallRun.Options with
        {
            Network = Models.Find("lenet5"), Dataset = Strokes.Load(new DatasetOptions { TrainCount = 96, TestCount = 20 }), Epochs = 1, Threads = 1,
        };
        var (_, expected) = SmallRun.Train(options);
        using var stop = new CancellationTokenSource();
        var beside = Task.Run(() =>
        {
            int runs = 0;
            for (; runs == 0 || !stop.IsCancellationRequested; runs++)
            {
                SmallRun.Train(options with { Threads = 2 });
            }

            return runs;
        });
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(expected, SmallRun.Train(options).Parameters);
        }

        await stop.CancelAsync();
        Assert.True(await beside > 0);
    }

    private static int Threads(TrainingOptions options)
    {
        using var recorder = new Recorder();
        SmallRun.Train(options with { Epochs = 0 }, recorder);
        return recorder.Plan!.Threads;
    }
}
