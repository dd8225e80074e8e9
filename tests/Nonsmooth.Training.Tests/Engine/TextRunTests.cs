using Nonsmooth.Data;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Networks;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Training.Tests.Engine;

[Collection("training")]
public sealed class TextRunTests
{
    private static readonly ushort[] _pattern = [.. Enumerable.Range(0, 900).Select(i => (ushort)(i % 7))];
    private static readonly Dataset _data = new(
        "pattern", [.. "abcdefg".Select(c => c.ToString())], new TokenSplit(_pattern, 7, 8), new TokenSplit(_pattern.AsMemory(0, 100), 7, 8));

    private static TrainingOptions Options => new()
    {
        Network = Models.For("gpt:1-16-2", _data.Examples),
        Dataset = _data,
        BatchSize = 8,
        Epochs = 3,
        Seed = 3,
        Threads = 1,
        Rate = 0.003,
    };

    [Fact]
    public void LearnsWhatFollows()
    {
        var (result, _) = SmallRun.Train(Options with { Epochs = 6 });
        Assert.True(result.IsText);
        Assert.InRange(result.TestAccuracy!.Value, 0.99, 1);
        Assert.InRange(result.TestLoss!.Value, 0, 0.3);
        Assert.InRange(result.WaitShare!.Value, 0, 1);
    }

    [Trait("Speed", "Slow")]
    [Theory]
    [InlineData(1)]
    [InlineData(14)]
    [InlineData(31)]
    public void ResumesWithTheSameBits(long step)
    {
        using var folder = new TemporaryFolder();
        var (undisturbed, expected) = SmallRun.Train(Options);
        using var recorder = new Recorder { CancelAtStep = step };
        var options = Options with { OutputFolder = folder.Path };
        Assert.True(SmallRun.Train(options, recorder, recorder.Token).Result.Interrupted);
        var (second, parameters) = SmallRun.Train(options with { Resume = true, DataWorkers = 2 });
        Assert.Equal(expected, parameters);
        Assert.Equal(SmallRun.Timeless(undisturbed.History), SmallRun.Timeless(second.History));
    }

    [Fact]
    public void AccuracyCountsEveryTarget()
    {
        var (result, _) = SmallRun.Train(Options with { Epochs = 1 });
        Assert.Equal(0, result.TestAccuracy!.Value * _data.Test.Count * 8 % 1, 9);
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        var e = Assert.Throws<NonsmoothException>(() => SmallRun.Train(Options with { Network = Models.Find("gpt:1-16-2", null, 7, 9) }));
        Assert.Contains("field 'x' is index 8, not index 9", e.Message, StringComparison.Ordinal);
        Assert.Throws<NonsmoothException>(() => Models.For("lenet5", _data.Examples));
        Assert.Throws<NonsmoothException>(() => Models.For("gpt-mini", SmallRun.Data.Examples));
    }

    [Fact]
    public void AugmentedImagesTrainAndResumeWithTheSameBitsForAnyNumberOfWorkers()
    {
        var data = Strokes.Load(new DatasetOptions { TrainCount = 96, TestCount = 10 }).Augment(new Augmentation(2, true));
        var options = Options with { Dataset = data, Network = Models.For("mlp:784-16-10", data.Examples), BatchSize = 16, Epochs = 2 };
        var (_, expected) = SmallRun.Train(options);
        using var folder = new TemporaryFolder();
        using var recorder = new Recorder { CancelAtStep = 5 };
        SmallRun.Train(options with { OutputFolder = folder.Path }, recorder, recorder.Token);
        Assert.Equal(expected, SmallRun.Train(options with { OutputFolder = folder.Path, Resume = true, DataWorkers = 2 }).Parameters);
        Assert.NotEqual(expected, SmallRun.Train(options with { Dataset = Strokes.Load(new DatasetOptions { TrainCount = 96, TestCount = 10 }) }).Parameters);
        var e = Assert.Throws<NonsmoothException>(() => SmallRun.Train(options with { Dataset = Strokes.Load(new DatasetOptions { TrainCount = 96, TestCount = 10 }), OutputFolder = folder.Path, Resume = true }));
        Assert.Contains("crop = ", e.Message, StringComparison.Ordinal);
    }
}
