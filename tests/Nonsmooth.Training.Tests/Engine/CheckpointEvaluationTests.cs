using Nonsmooth.Optimizers;
using Nonsmooth.Training.Checkpoints;
using Nonsmooth.Training.Engine;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Training.Tests.Engine;

[Collection("training")]
public sealed class CheckpointEvaluationTests
{
    [Theory]
    [InlineData("schedule-free-adamw", true)]
    [InlineData("innaprop", false)]
    public void TheBestCheckpointHasTheAccuracyThatWasReported(string optimizer, bool otherWeights)
    {
        using var folder = new TemporaryFolder();
        var options = SmallRun.Options with
        {
            OptimizerName = optimizer, Optimizer = OptimizerRegistry.Find(optimizer).Defaults, Rate = 0.003, OutputFolder = folder.Path,
        };
        var (result, parameters) = SmallRun.Train(options);
        var best = new CheckpointFolder(folder.Path).LoadBest();
        var epoch = result.History[best.State!.Epoch - 1];
        var again = CheckpointEvaluation.Run(options.Network, options.Dataset.Test, best, 32);
        Assert.Equal((epoch.TestLoss, epoch.TestAccuracy), (again.Loss, again.Accuracy));
        Assert.Equal(otherWeights, best.Tensors.ContainsKey("evaluation.fc1.weight"));
        if (otherWeights)
        {
            // It is the last one here, so those in training are the run's.
            Assert.Equal(result.Epochs, epoch.Epoch);
            using var training = new ParameterSet(options.Network.Build(1).Parameters, 0);
            training.Load(best);
            Assert.Equal(parameters, Enumerable.Range(0, 4).SelectMany(i => training.Values(i).ToArray()));
            training.LoadForEvaluation(best);
            Assert.NotEqual(parameters, Enumerable.Range(0, 4).SelectMany(i => training.Values(i).ToArray()));
        }
    }

    [Fact]
    public void OtherDataAreRefused() => Assert.Contains(
        "cannot be evaluated on the data: field 'x' is real 1×1×8, not real 1×28×28",
        Assert.Throws<NonsmoothException>(() => CheckpointEvaluation.Run(Nonsmooth.Training.Networks.Lenet5.Create(), SmallRun.Data.Test, new Checkpoint())).Message,
        StringComparison.Ordinal);
}
