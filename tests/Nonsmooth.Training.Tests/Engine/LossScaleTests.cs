using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Training.Checkpoints;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Networks;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Training.Tests.Engine;

[Collection("training")]
public sealed class LossScaleTests
{
    // So large a dynamic scale that the first steps in binary16 overflow.
    private static readonly TrainingOptions _half = SmallRun.Options with
    {
        Precision = Precision.Float16, LossScale = new LossScale(65504, 4), Epochs = 2, BatchSize = 16, Accumulate = 2,
    };

    [Fact]
    public void APowerOfTwoChangesNoBitInSinglePrecision()
    {
        var (plain, expected) = SmallRun.Train(SmallRun.Options);
        var (scaled, parameters) = SmallRun.Train(SmallRun.Options with { LossScale = new LossScale(1024, 0) });
        Assert.Equal(expected, parameters);
        Assert.Equal(SmallRun.Timeless(plain.History), SmallRun.Timeless(scaled.History));
        Assert.Equal((null, 1024.0, 0L), (plain.LossScale, scaled.LossScale, scaled.SkippedSteps));
    }

    [Fact]
    public void ItHoldsWithinABudgetOfMemory()
    {
        var (_, expected) = SmallRun.Train(SmallRun.Options);
        Assert.Equal(expected, SmallRun.Train(SmallRun.Options with { LossScale = new LossScale(64, 0), MemoryBudget = 1 << 20 }).Parameters);
    }

    [Fact]
    public void ItSavesSmallGradientsOfBinary16()
    {
        // The cotangents of the logits are about 1/4000, those behind them far smaller: without a scale they round to 0 or to few bits.
        var options = SmallRun.Options with { Precision = Precision.Float16, BatchSize = 330, Epochs = 1, OptimizerName = "sgd", Optimizer = new Nonsmooth.Optimizers.SgdOptions(), Rate = 1 };
        var (_, exact) = SmallRun.Train(options with { Precision = Precision.Float64 });
        double without = Error(SmallRun.Train(options with { LossScale = LossScale.None }).Parameters);
        double with = Error(SmallRun.Train(options with { LossScale = new LossScale(1024, 0) }).Parameters);
        Assert.True(with < without, $"error with a scale {with}, without {without}");

        double Error(float[] parameters) => exact.Zip(parameters, (a, b) => Math.Abs((double)a - b)).Sum();
    }

    [Fact]
    public void ADynamicScaleFallsUntilGradientsAreFiniteAndCountsWhatItSkips()
    {
        var (result, parameters) = SmallRun.Train(_half);
        Assert.InRange(result.SkippedSteps, 1, result.Steps - 1);
        Assert.True(result.LossScale <= 65504);
        Assert.All(parameters, p => Assert.True(float.IsFinite(p)));
        Assert.True(result.History[^1].TestLoss < Math.Log(4));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(11)]
    public void ItResumesWithTheSameBits(long step)
    {
        var (undisturbed, expected) = SmallRun.Train(_half);
        using var folder = new TemporaryFolder();
        using var recorder = new Recorder { CancelAtStep = step };
        SmallRun.Train(_half with { OutputFolder = folder.Path }, recorder, recorder.Token);
        var (result, parameters) = SmallRun.Train(_half with { OutputFolder = folder.Path, Resume = true });
        Assert.Equal(expected, parameters);
        Assert.Equal((undisturbed.LossScale, undisturbed.SkippedSteps), (result.LossScale, result.SkippedSteps));
        Assert.Contains("\"stepsSkipped\": ", File.ReadAllText(result.Files["run"]), StringComparison.Ordinal);
        var e = Assert.Throws<NonsmoothException>(() => SmallRun.Train(_half with { OutputFolder = folder.Path, Resume = true, LossScale = LossScale.None }));
        Assert.Contains("has loss-scale = ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AScaleThatNeverWorksStopsTheRunByName()
    {
        using var folder = new TemporaryFolder();
        var steep = Classifier.Of("steep", SmallRun.Data.Shape, SmallRun.Data.ClassCount, (builder, x) => builder.Within("fc", () => builder.Linear(x.Flatten(1), 4)) * 1e3);
        var options = SmallRun.Options with
        {
            Network = steep, LossScale = new LossScale(1e38, 0), OutputFolder = folder.Path, BatchSize = 330, Epochs = 25,
        };
        var (_, start) = SmallRun.Train(options with { Epochs = 0, OutputFolder = null });
        var e = Assert.Throws<DivergedException>(() => SmallRun.Train(options));
        Assert.StartsWith("the gradient was not finite in 20 steps in a row, the last of them with a loss scale of ", e.Message, StringComparison.Ordinal);
        Assert.Contains("lower the loss scale, or make it dynamic", e.Message, StringComparison.Ordinal);
        using var parameters = new ParameterSet(options.Network.Build(1).Parameters, 1);
        parameters.Load(new CheckpointFolder(folder.Path).LoadLast());
        Assert.Equal(start, Enumerable.Range(0, parameters.Parameters.Count).SelectMany(i => parameters.Values(i).ToArray()));
    }

    [Fact]
    public void ItDoublesAfterGoodStepsAndHalvesAfterABadOne()
    {
        using var scaler = new LossScaler(new LossScale(16384, 3), Precision.Float16);
        Assert.Equal([16384, 16384, 32768, 32768, 32768, 32768], Enumerable.Range(0, 6).Select(_ => After(scaler, good: true)));
        Assert.Equal([16384, 8192], Enumerable.Range(0, 2).Select(_ => After(scaler, good: false)));
        Assert.Equal((2, 2L, 0), (scaler.SkippedInRow, scaler.Skipped, scaler.GoodSteps));
        Assert.Equal([8192, 8192, 16384], Enumerable.Range(0, 3).Select(_ => After(scaler, good: true)));
        Assert.Equal((0, 2L), (scaler.SkippedInRow, scaler.Skipped));
        Assert.Equal(16384, scaler.Seed.ToArray<float>()[0]);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("1024")]
    [InlineData("0.5")]
    [InlineData("dynamic")]
    [InlineData("dynamic:7")]
    public void TextsAreReadBack(string text) => Assert.Equal(text, LossScale.TryParse(text)!.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1e60")]
    [InlineData("NaN")]
    [InlineData("dynamic:0")]
    [InlineData("dynamic:1:2")]
    [InlineData("big")]
    public void OtherTextsAreNot(string text) => Assert.Null(LossScale.TryParse(text));

    [Fact]
    public void BinarySixteenHasOneUnlessItIsRefused()
    {
        Assert.Equal((LossScale.Dynamic, LossScale.None, LossScale.None), (LossScale.Usual(Precision.Float16), LossScale.Usual(Precision.BFloat16), LossScale.Usual(Precision.Float32)));
        var e = Assert.Throws<NonsmoothException>(() => SmallRun.Train(_half with { LossScale = new LossScale(1e5, 0) }));
        Assert.Equal("loss scale is 100000: give at most 65504, the largest number of the format f16", e.Message);
    }

    private static double After(LossScaler scaler, bool good)
    {
        if (good)
        {
            scaler.Succeeded();
        }
        else
        {
            scaler.Failed();
        }

        return scaler.Scale;
    }
}
