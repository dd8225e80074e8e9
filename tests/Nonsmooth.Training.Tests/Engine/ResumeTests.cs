using Nonsmooth.Data;
using Nonsmooth.Optimizers;
using Nonsmooth.Optimizers.Schedules;
using Nonsmooth.Training.Checkpoints;
using Nonsmooth.Training.Engine;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Training.Tests.Engine;

[Collection("training")]
public class ResumeTests
{
    [Trait("Speed", "Slow")]
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(29)]
    public void ACancelledRunGoesOnWithTheSameBits(long step)
    {
        using var folder = new TemporaryFolder();
        var (undisturbed, expected) = SmallRun.Train(SmallRun.Options);
        using var recorder = new Recorder { CancelAtStep = step };
        var options = SmallRun.Options with { OutputFolder = folder.Path };
        var (first, _) = SmallRun.Train(options, recorder, recorder.Token);
        Assert.True(first.Interrupted);
        Assert.Equal(step, first.Steps);
        var (second, parameters) = SmallRun.Train(options with { Resume = true });
        Assert.False(second.Interrupted);
        Assert.Equal(expected, parameters);
        Assert.Equal(SmallRun.Timeless(undisturbed.History), SmallRun.Timeless(second.History));
        Assert.Equal(4, File.ReadAllLines(second.Files["metrics"]).Length);
    }

    [Trait("Speed", "Slow")]
    [Theory]
    [InlineData("innaprop")]
    [InlineData("adamw")]
    [InlineData("sgd")]
    [InlineData("inna")]
    public void EveryStateOfAnOptimizerGoesOn(string name)
    {
        using var folder = new TemporaryFolder();
        var options = SmallRun.Options with
        {
            OptimizerName = name, Optimizer = OptimizerRegistry.Find(name).Defaults, Schedule = new WarmupCosineRate(0.01, 5, 30),
        };
        var (_, expected) = SmallRun.Train(options);
        var parameters = Array.Empty<float>();
        for (long step = 4; step < 34; step += 4)
        {
            using var recorder = new Recorder { CancelAtStep = step };
            (_, parameters) = SmallRun.Train(options with { OutputFolder = folder.Path, Resume = true }, recorder, recorder.Token);
        }

        Assert.Equal(expected, parameters);
    }

    [Fact]
    public void OneTrainerGoesOnAfterACancellation()
    {
        var (_, expected) = SmallRun.Train(SmallRun.Options);
        using var recorder = new Recorder { CancelAtStep = 13 };
        using var trainer = new TrainingRun(SmallRun.Options, recorder);
        Assert.True(trainer.Train(recorder.Token).Interrupted);
        Assert.False(trainer.Train(CancellationToken.None).Interrupted);
        Assert.Equal(expected, Enumerable.Range(0, trainer.Session.Parameters.Parameters.Count).SelectMany(i => trainer.Session.Parameters.Values(i).ToArray()));
    }

    [Fact]
    public void AWholeRunIsResumedToItsResultAndCanBeMadeLonger()
    {
        using var folder = new TemporaryFolder();
        var (_, expected) = SmallRun.Train(SmallRun.Options with { Epochs = 5 });
        var options = SmallRun.Options with { OutputFolder = folder.Path, Resume = true };
        var (first, parameters) = SmallRun.Train(options);
        using var recorder = new Recorder();
        var (again, same) = SmallRun.Train(options, recorder);
        Assert.Empty(recorder.Steps);
        Assert.Equal(first.History, again.History);
        Assert.Equal(parameters, same);
        Assert.Equal(expected, SmallRun.Train(options with { Epochs = 5 }).Parameters);
    }

    [Fact]
    public void AFolderWithARunIsRefused()
    {
        using var folder = new TemporaryFolder();
        var options = SmallRun.Options with { OutputFolder = folder.Path };
        SmallRun.Train(options);
        var failure = Assert.Throws<NonsmoothException>(() => SmallRun.Train(options));
        Assert.Contains(folder.Path, failure.Message, StringComparison.Ordinal);
        Assert.Contains("--resume", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFolderIsHeldByOneTrainer()
    {
        using var folder = new TemporaryFolder();
        var options = SmallRun.Options with { OutputFolder = folder.Path, Resume = true };
        using (new TrainingRun(options))
        {
            var failure = Assert.Throws<NonsmoothException>(() => SmallRun.Train(options));
            Assert.Contains("another process trains in it", failure.Message, StringComparison.Ordinal);
        }

        Assert.False(SmallRun.Train(options).Result.Interrupted);
    }

    [Fact]
    public void OtherSettingsAreRefusedByName()
    {
        using var folder = new TemporaryFolder();
        var options = SmallRun.Options with { OutputFolder = folder.Path, Resume = true };
        SmallRun.Train(options);
        void Refused(TrainingOptions other, string part) => Assert.Contains(
            part, Assert.Throws<NonsmoothException>(() => SmallRun.Train(other)).Message, StringComparison.Ordinal);

        Refused(options with { Rate = 0.02 }, "has rate = 0.01, asked for is rate = 0.02");
        Refused(options with { SameBits = true }, "asked for is same-bits = true");
        Refused(options with { Seed = 3 }, "seed = 11");
        Refused(options with { BatchSize = 16 }, "batch = 32");
        Refused(options with { Optimizer = new InnapropOptions { Alpha = 0.2 } }, "optimizer.alpha = 0.1");
        Refused(options with { Optimizer = new AdamWOptions(), OptimizerName = "adamw" }, "optimizer = innaprop");
        Refused(options with { Schedule = new CosineRate(0.01, 30) }, "has schedule = constant, asked for is schedule = cosine:0.01:30:0");
        Refused(options with { Selection = options.Selection with { ReluAtZero = 1 } }, "has selection.relu-at-zero = 0, asked for is selection.relu-at-zero = 1");
        Refused(options with { Selection = options.Selection.At("fc1", options.Selection with { ReluAtZero = 1 }) }, "selection.fc1.");
        var data = Blobs.Load(new DatasetOptions { BlobDimensions = 8, TrainCount = 330, TestCount = 70, Seed = 6 });
        Refused(options with { Dataset = data }, "data.checksum");
    }

    [Fact]
    public void NothingToResumeStartsFromTheBeginning()
    {
        using var folder = new TemporaryFolder();
        using var recorder = new Recorder();
        SmallRun.Train(SmallRun.Options with { OutputFolder = folder.Path, Resume = true }, recorder);
        Assert.Contains("nothing to resume", Assert.Single(recorder.Notices), StringComparison.Ordinal);
        Assert.Equal(30, recorder.Steps.Count);
    }

    [Fact]
    public void TheBestCheckpointIsThatOfTheBestEpoch()
    {
        using var folder = new TemporaryFolder();
        var (result, _) = SmallRun.Train(SmallRun.Options with { OutputFolder = folder.Path, Rate = 0.002 });
        int best = result.History.MaxBy(e => e.TestAccuracy)!.Epoch;
        Assert.Equal(best, new CheckpointFolder(folder.Path).LoadBest().State!.Epoch);
        Assert.Equal(["best", "checkpoint", "metrics", "run", "steps"], result.Files.Keys.Order());
        Assert.Contains("\"status\": \"complete\"", File.ReadAllText(result.Files["run"]), StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherNumberOfThreadsIsNoticed()
    {
        using var folder = new TemporaryFolder();
        var options = SmallRun.Options with { OutputFolder = folder.Path, Resume = true };
        SmallRun.Train(options);
        using var recorder = new Recorder();
        SmallRun.Train(options with { Threads = 2 }, recorder);
        Assert.Contains("had 1 threads and goes on with 2", Assert.Single(recorder.Notices), StringComparison.Ordinal);
    }
}
