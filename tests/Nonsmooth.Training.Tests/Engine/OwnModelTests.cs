using Nonsmooth.Data;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Randomness;
using Nonsmooth.Tensors;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Tests.Shared;
using Nonsmooth.Training.Audits;
using Nonsmooth.Training.Comparisons;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Objectives;

namespace Nonsmooth.Training.Tests.Engine;

/// <summary>Models that are no classifiers of one image: regression of two inputs, several outputs, planes of classes.</summary>
[Collection("training")]
public sealed class OwnModelTests
{
    private static readonly Model _towers = new("towers")
    {
        Examples = [Field.Real("left", 3), Field.Real("right", 3), Field.Real("y", 1, InputRole.Target)],
        Forward = (m, e) => Functions.Maximum(m.Linear("a", 4, e["left"]), m.Linear("b", 4, e["right"])) is var larger
            ? [("mean", m.Linear("head", 1, larger)), ("scale", m.Linear("scale", 1, larger))]
            : [],
        Loss = Losses.Of("weighted", a => (Functions.Square(a.Outputs["mean"] - a.Fields["y"]) + (0.01 * Functions.Square(a.Outputs["scale"]))).Mean()),
        Metrics = [Metrics.MeanAbsoluteError("y") with { Output = "mean" }, Metrics.Of("bias", b => b.Output("mean")[0] - b.Real("y")[0])],
    };

    private static TrainingOptions Options { get; } = new()
    {
        Network = _towers, Dataset = new Dataset("maxima", Maxima(200, 1), Maxima(50, 2)), BatchSize = 16, Epochs = 4, Rate = 0.01, Threads = 1, Seed = 4,
    };

    [Fact]
    public void RegressionOfTwoInputsLearnsAndReportsItsMetrics()
    {
        var (result, _) = SmallRun.Train(Options);
        Assert.Equal(["mae", "bias"], result.Metrics.Keys);
        Assert.Null(result.TestAccuracy);
        Assert.True(result.TestLoss < result.History[0].TestLoss);
        Assert.True(result.Metrics["mae"] < result.History[0].Metrics["mae"]);
    }

    [Fact]
    public void ARunOfItResumesWithTheSameBitsAndMetrics()
    {
        using var folder = new TemporaryFolder();
        var (whole, expected) = SmallRun.Train(Options with { OutputFolder = folder.File("whole") });
        using var recorder = new Recorder { CancelAtStep = 17 };
        SmallRun.Train(Options with { OutputFolder = folder.File("parts") }, recorder, recorder.Token);
        var (resumed, parameters) = SmallRun.Train(Options with { OutputFolder = folder.File("parts"), Resume = true });
        Assert.Equal(expected, parameters);
        Assert.Equal(SmallRun.Timeless(whole.History), SmallRun.Timeless(resumed.History));
        Assert.StartsWith("epoch,step,rate,train_loss,test_loss,test_accuracy,seconds,test_mae,test_bias\n", File.ReadAllText(folder.File("parts/metrics.csv")), StringComparison.Ordinal);
        var e = Assert.Throws<NonsmoothException>(() => SmallRun.Train(Options with { Network = _towers with { Loss = Losses.Absolute("y") with { Output = "mean" } }, OutputFolder = folder.File("parts"), Resume = true }));
        Assert.Contains("loss", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALoopOfOnesOwnTakesTheSameSteps()
    {
        var (_, expected) = SmallRun.Train(Options);
        using var session = new Session(Options);
        Assert.Equal((12, 16, 1), (session.StepsPerEpoch, session.StepSize, session.Shards));
        var steps = session.Steps().ToList();
        Assert.Equal((48, 4, true, false), (steps[^1].Step, steps[^1].Epoch, steps[^1].EndsEpoch, steps[^2].EndsEpoch));
        Assert.Equal(expected, Enumerable.Range(0, session.Parameters.Parameters.Count).SelectMany(i => session.Parameters.Values(i).ToArray()).ToArray());
        Assert.Equal(session.Evaluate(), session.Evaluate(Options.Dataset.Test));
        Assert.Empty(session.Steps());
    }

    [Fact]
    public void AShardedStepIsTheMeanOfItsShards()
    {
        using var session = new Session(Options with { BatchSize = 8, Accumulate = 2 });
        Assert.Equal((2, 8, 16, 12), (session.Shards, session.ShardSize, session.StepSize, session.StepsPerEpoch));
        using var whole = new Session(Options);
        Assert.Equal(whole.Step().Loss, session.Step().Loss, 5);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void PlanesOfClassesAreSegmented(bool some)
    {
        const long ignored = -100;
        var model = new Model("planes")
        {
            Examples = [Field.Real("x", new Shape(1, 4, 4)), Field.Index("y", new Shape(4, 4), some ? null : 2, InputRole.Target)],
            Forward = (m, e) => m.Within("conv", () => m.Conv2d(e["x"], 2, 3, padding: 1)),
            Loss = Losses.CrossEntropy("y") with { Axis = 1, Ignored = some ? ignored : null, ClassWeights = some ? [1, 1.5] : null },
            Metrics = [Metrics.Accuracy("y") with { Inner = 16, Ignored = some ? ignored : null }],
        };
        var (result, _) = SmallRun.Train(Options with { Network = model, Dataset = new Dataset("signs", Signs(200, 1), Signs(50, 2)), Epochs = 6, Rate = 0.03 });
        Assert.True(result.TestAccuracy > 0.95, $"{result.TestAccuracy}");

        ArrayExamples Signs(int count, ulong seed)
        {
            var x = new float[16 * count];
            new CounterRandom(seed).FillNormal(x);
            long[] y = [.. x.Select((v, i) => some && i % 7 == 0 ? ignored : v > 0 ? 1L : 0)];
            return new(model.Examples, new Dictionary<string, Array> { ["x"] = x, ["y"] = y });
        }
    }

    [Fact]
    public void CostAuditAndComparisonTakeTheModel()
    {
        Assert.Equal(_towers.Build(4).Cost().Forward.Operations, _towers.Cost(4).Forward.Operations);
        var audit = Audit.Of(_towers, Options.Dataset, new AuditOptions { Precisions = [Precision.Float32], Draws = 1, Batches = 1, BlamedPairs = 0 }, new() { Batch = 16 });
        Assert.Contains(audit.Sites, s => s.Function == "maximum");
        var comparison = new Nonsmooth.Training.Comparisons.Comparison(_towers, Options.Dataset, [ContenderText.Parse("sgd"), ContenderText.Parse("adamw")]);
        Assert.Equal((2, 180, 20, 50), (comparison.Plan.Contenders, comparison.Plan.TrainCount, comparison.Plan.HeldOutCount, comparison.Plan.TestCount));
    }

    [Fact]
    public void AModelThatIsRegisteredIsFoundByItsName()
    {
        var model = _towers with { Name = "own-model-tests", Data = DatasetRow.Of("own-model-data", "maxima", () => Maxima(20, 1), () => Maxima(5, 2)) };
        Models.Register(model);
        Assert.Same(model, Models.For("own-model-tests", Options.Dataset.Examples));
        Assert.Equal(20, Datasets.Load("own-model-data").Train.Count);
        Assert.Contains("there is a network 'own-model-tests' already", Assert.Throws<NonsmoothException>(() => Models.Register(model)).Message, StringComparison.Ordinal);
        Assert.Contains("takes left: real 3", Assert.Throws<NonsmoothException>(() => Models.Find("own-model-tests", classes: 3)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsNotSetOrDoesNotFitIsSaid()
    {
        static string Refused(Model model) => Assert.ThrowsAny<NonsmoothException>(() => model.Build(2)).Message;

        Assert.Equal("model 'm' does not say its Examples: set Model.Examples", Refused(new Model("m")));
        Assert.Equal("model 'm' does not say its Forward: set Model.Forward", Refused(new Model("m") { Examples = _towers.Examples }));
        Assert.Equal("model 'm' does not say its Loss: set Model.Loss", Refused(new Model("m") { Examples = _towers.Examples, Forward = _towers.Forward }));
        Assert.Equal(
            "loss 'half' of network 'towers' makes real 2×1: it must make one real number, the mean over the batch",
            Refused(_towers with { Loss = Losses.Of("half", a => a.Outputs["mean"]) }));
        Assert.Equal("there is no field of data 'y': use one of left, right", Refused(_towers with { Forward = (_, e) => e["y"] }));
        Assert.Equal("there are 2 outputs, mean, scale: say which one is meant", Refused(_towers with { Loss = Losses.MeanSquared("y") }));
        Assert.Contains(
            "label-smoothing is for the loss cross-entropy", Assert.Throws<NonsmoothException>(() => _towers.Smoothed(0.1)).Message, StringComparison.Ordinal);
        Assert.Equal(
            "network 'towers' cannot take the data 'blobs': there is no field 'left' (real 3): the fields are x: real 1×1×8, target: index scalar below 4",
            Assert.Throws<NonsmoothException>(() => new Session(Options with { Dataset = SmallRun.Data })).Message);
    }

    private static ArrayExamples Maxima(int count, ulong seed)
    {
        var (left, right) = (new float[3 * count], new float[3 * count]);
        new CounterRandom(seed).Derive("left").FillNormal(left);
        new CounterRandom(seed).Derive("right").FillNormal(right);
        return new(_towers.Examples, new Dictionary<string, Array>
        {
            ["left"] = left, ["right"] = right, ["y"] = Enumerable.Range(0, count).Select(i => Math.Max(left[3 * i], right[3 * i])).ToArray(),
        });
    }

}
