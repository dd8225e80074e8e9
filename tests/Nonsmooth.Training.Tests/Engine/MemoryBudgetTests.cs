using System.Globalization;
using System.Text.Json;
using Nonsmooth.Checkpointing;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Networks;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Training.Tests.Engine;

[Collection("training")]
public class MemoryBudgetTests
{
    // Layers wide enough that what they keep, and not the parameters, makes the peak.
    private static readonly Model _network = Classifier.Of("deep", SmallRun.Data.Shape, SmallRun.Data.ClassCount, (builder, x) =>
    {
        x = builder.Within("fc", () => builder.Linear(x.Flatten(1), 24)).Reshape(new Tensors.Shape(x.Shape[0], 24, 1, 1));
        for (int i = 0; i < 6; i++)
        {
            x = builder.Within($"bn{i}", () => builder.BatchNorm(x));
            x = builder.Dropout(Functions.Relu(x), 0.1);
        }

        return builder.Within("head", () => builder.Linear(x.Flatten(1), SmallRun.Data.ClassCount));
    });

    private static readonly TrainingOptions _options = SmallRun.Options with { Network = _network };

    private static readonly PlannedGradient _least = Least();

    [Trait("Speed", "Slow")]
    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.Float64)]
    public void ParametersAndStatisticsHaveTheBitsOfARunWithoutABudget(Precision precision)
    {
        using var folder = new TemporaryFolder();
        var options = _options with { Precision = precision, OutputFolder = folder.File("all") };
        SmallRun.Train(options);
        var (result, _) = SmallRun.Train(options with
        {
            OutputFolder = folder.File("budget"), MemoryBudget = _least.Memory.Peak * (precision == Precision.Float64 ? 2 : 1),
        });
        Assert.True(result.Memory!.Recomputed > 0);
        Assert.InRange(result.Memory.Peak, 1, result.Memory.Budget);

        var all = new Nonsmooth.Training.Checkpoints.CheckpointFolder(folder.File("all")).LoadLast();
        var budget = new Nonsmooth.Training.Checkpoints.CheckpointFolder(folder.File("budget")).LoadLast();
        Assert.Equal(all.Tensors.Keys.Order(), budget.Tensors.Keys.Order());

        // The history has the seconds of each epoch.
        string[] names = [.. all.Tensors.Keys.Where(name => name is not ("optimizer.steps" or "run.history"))];
        Assert.Contains("bn5.running_var", names);
        Assert.All(names, name => Assert.Equal(all[name].ToSingles(), budget[name].ToSingles()));
    }

    [Fact]
    public void TheRunFileRecordsIt()
    {
        using var folder = new TemporaryFolder();
        var (result, _) = SmallRun.Train(_options with { OutputFolder = folder.Path, MemoryBudget = _least.Memory.Peak });
        using var run = JsonDocument.Parse(File.ReadAllText(result.Files["run"]));
        var memory = run.RootElement.GetProperty("memory");
        Assert.Equal(
            new StepMemory(_least.Memory.Peak, _least.Memory.Peak, _least.Extra.Total),
            new StepMemory(memory.GetProperty("budget").GetInt64(), memory.GetProperty("peak").GetInt64(), memory.GetProperty("recomputed").GetInt64()));
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void AResumedRunKeepsItUntilAnotherIsGiven()
    {
        using var folder = new TemporaryFolder();
        var (_, expected) = SmallRun.Train(_options);
        var options = _options with { OutputFolder = folder.Path, Resume = true };
        Assert.Equal(_least.Memory.Peak, Part(options with { MemoryBudget = _least.Memory.Peak }, 7).Budget);
        Assert.Equal((_least.Memory.Peak, _least.Extra.Total), (Part(options, 14).Budget, Part(options, 16).Recomputed));
        Assert.Equal((1L << 30, 0), (Part(options with { MemoryBudget = 1L << 30 }, 21).Budget, Part(options, 25).Recomputed));
        var (last, parameters) = SmallRun.Train(options);
        Assert.Equal(1L << 30, last.Memory!.Budget);
        Assert.Equal(expected, parameters);

        static StepMemory Part(TrainingOptions options, long until)
        {
            using var recorder = new Recorder { CancelAtStep = until };
            var (result, _) = SmallRun.Train(options, recorder, recorder.Token);
            Assert.Equal(until, result.Steps);
            return result.Memory!;
        }
    }

    [Fact]
    public void AnImpossibleBudgetNamesTheLeast()
    {
        void Refused(long budget, string part) => Assert.Contains(
            part, Assert.Throws<NonsmoothException>(() => SmallRun.Train(_options with { MemoryBudget = budget })).Message, StringComparison.Ordinal);

        string least = _least.Memory.Peak.ToString(CultureInfo.InvariantCulture);
        Refused(_least.Memory.Peak - 1, $"the least achievable peak is {least} bytes");
        Refused(0, "checkpoint is 0: give bytes with or without a unit");
    }

    [Fact]
    public void WithoutABudgetNothingIsPlanned() => Assert.Null(SmallRun.Train(SmallRun.Options with { Epochs = 0 }).Result.Memory);

    private static PlannedGradient Least()
    {
        var program = _network.Build(SmallRun.Options.BatchSize);
        var failure = Assert.Throws<NonsmoothException>(() => program.PlanStep(1));
        string after = failure.Message.Split("the least achievable peak is ")[1];
        return program.PlanStep(long.Parse(after.Split(' ')[0], CultureInfo.InvariantCulture));
    }
}
