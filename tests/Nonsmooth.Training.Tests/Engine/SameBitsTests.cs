using Nonsmooth.Data;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Networks;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Training.Tests.Engine;

/// <summary>One run, whatever the threads, the data workers, and where it was stopped.</summary>
[Collection("training")]
public sealed class SameBitsTests
{
    private static readonly ushort[] _text = [.. Enumerable.Range(0, 1200).Select(i => (ushort)(i * i % 11 % 7))];
    private static readonly Dataset _tokens = new(
        "text", [.. "abcdefg".Select(c => c.ToString())], new TokenSplit(_text, 7, 16), new TokenSplit(_text.AsMemory(0, 200), 7, 16));

    public static TheoryData<string, string> Runs => new()
    {
        { "lenet5", "plain" }, { "lenet5", "accumulated" }, { "lenet5", "half" },
        { "mlp:784-512-512-10", "plain" }, { "mlp:784-512-512-10", "accumulated" }, { "mlp:784-512-512-10", "half" },
        { "gpt:2-32-2", "plain" }, { "gpt:2-32-2", "accumulated" }, { "gpt:2-32-2", "half" },
    };

    [Trait("Speed", "Slow")]
    [Theory]
    [MemberData(nameof(Runs))]
    public void ThreadsWorkersRepetitionAndResumptionDoNotShow(string network, string how)
    {
        var options = Options(network, how);
        var (result, expected) = SmallRun.Train(options with { Threads = 1, DataWorkers = 1 });
        Assert.InRange(result.Steps, 4, 20);
        Assert.Equal(expected, SmallRun.Train(options with { Threads = 1, DataWorkers = 1 }).Parameters);
        Assert.Equal(expected, SmallRun.Train(options with { Threads = 2, DataWorkers = 2 }).Parameters);
        for (long step = 1; step < result.Steps; step++)
        {
            using var folder = new TemporaryFolder();
            using var recorder = new Recorder { CancelAtStep = step };
            SmallRun.Train(options with { OutputFolder = folder.Path, Threads = 2 }, recorder, recorder.Token);
            using var after = new Recorder();
            var (second, parameters) = SmallRun.Train(options with { OutputFolder = folder.Path, Resume = true, Threads = 1, DataWorkers = 2 }, after);
            Assert.Empty(after.Notices);
            Assert.Equal(expected, parameters);
            Assert.Equal(SmallRun.Timeless(result.History), SmallRun.Timeless(second.History));
        }
    }

    private static TrainingOptions Options(string network, string how)
    {
        bool text = network.StartsWith("gpt", StringComparison.Ordinal);
        var data = text ? _tokens : Strokes.Load(new DatasetOptions { TrainCount = 96, TestCount = 20 }).Augment(new Augmentation(2, true));
        var options = new TrainingOptions
        {
            Network = Models.For(network, data.Examples), Dataset = data, BatchSize = 32, Epochs = 2, Seed = 7, Rate = 0.002, SameBits = true,
        };
        return how switch
        {
            "plain" => options,
            "accumulated" => options with { BatchSize = 16, Accumulate = 2, ClipNorm = 0.3 },
            _ => options with { BatchSize = 16, Accumulate = 2, Precision = Precision.Float16, LossScale = new LossScale(65504, 2) },
        };
    }
}
