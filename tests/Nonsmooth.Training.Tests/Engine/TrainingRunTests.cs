using Nonsmooth.Data;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Optimizers;
using Nonsmooth.Optimizers.Schedules;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Networks;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Training.Tests.Engine;

[Collection("training")]
public class TrainingRunTests
{
    [Fact]
    public void LenetLearnsStrokes()
    {
        var data = Strokes.Load(new DatasetOptions { TrainCount = 4000, TestCount = 500, Seed = 1 });
        var options = new TrainingOptions
        {
            Network = Lenet5.Create(), Dataset = data, BatchSize = 32, Epochs = 2, Seed = 1, Threads = 1, OptimizerName = "adamw", Optimizer = new AdamWOptions(), Rate = 2e-3,
        };
        var (result, _) = SmallRun.Train(options);
        Assert.InRange(result.TestAccuracy!.Value, 0.9, 1);
        Assert.Equal((2, 250L, false), (result.Epochs, result.Steps, result.Interrupted));
    }

    [Fact]
    public void TheSameOptionsGiveTheSameBits()
    {
        var (first, parameters) = SmallRun.Train(SmallRun.Options);
        var (second, again) = SmallRun.Train(SmallRun.Options);
        Assert.Equal(parameters, again);
        Assert.Equal(SmallRun.Timeless(first.History), SmallRun.Timeless(second.History));
        Assert.NotEqual(parameters, SmallRun.Train(SmallRun.Options with { Seed = 12 }).Parameters);
    }

    [Fact]
    public void ReportsEveryStepAndEpoch()
    {
        using var recorder = new Recorder();
        var (result, _) = SmallRun.Train(SmallRun.Options, recorder);
        Assert.Equal((10, 30L, 32), (recorder.Plan!.StepsPerEpoch, recorder.Plan.Steps, recorder.Plan.BatchSize));
        Assert.Equal(Enumerable.Range(1, 30).Select(i => (long)i), recorder.Steps.Select(s => s.Step));
        Assert.Equal([1, 2, 3], recorder.Epochs.Select(e => e.Epoch));
        Assert.Equal(recorder.Steps.TakeLast(10).Average(s => s.Loss), recorder.Epochs[^1].TrainLoss, 12);
        Assert.Equal(recorder.Epochs[^1].TestAccuracy, result.TestAccuracy);
        Assert.True(recorder.Epochs[^1].TrainLoss < recorder.Epochs[0].TrainLoss);
        Assert.Equal(0, result.TestAccuracy!.Value * 70 % 1, 9);
    }

    [Theory]
    [InlineData(Precision.Float64)]
    [InlineData(Precision.BFloat16)]
    [InlineData(Precision.Float16)]
    public void OtherFormatsLearnFromMastersInSinglePrecision(Precision precision)
    {
        var (single, parameters) = SmallRun.Train(SmallRun.Options);
        var (other, others) = SmallRun.Train(SmallRun.Options with { Precision = precision });
        Assert.NotEqual(parameters, others);
        double tolerance = precision == Precision.Float64 ? 1e-4 : 0.15;
        Assert.All(parameters.Zip(others), p => Assert.Equal(p.First, p.Second, tolerance));
        Assert.Equal(single.TrainLoss!.Value, other.TrainLoss!.Value, precision == Precision.Float64 ? 1e-4 : 0.05);
    }

    [Fact]
    public void TakesAllExamplesWhereTheBatchIsLarger()
    {
        var (result, _) = SmallRun.Train(SmallRun.Options with { BatchSize = 1000 });
        Assert.Equal(3, result.Steps);
    }

    [Fact]
    public void NoEpochsIsAResultWithoutMeasures()
    {
        var (result, _) = SmallRun.Train(SmallRun.Options with { Epochs = 0 });
        Assert.Equal((0, 0L), (result.Epochs, result.Steps));
        Assert.Null(result.TestAccuracy);
    }

    [Fact]
    public void ALossThatIsNoNumberStopsWithTheCause()
    {
        using var folder = new TemporaryFolder();
        var options = SmallRun.Options with
        {
            OptimizerName = "sgd", Optimizer = new SgdOptions { Momentum = 0 }, Rate = 1e30, OutputFolder = folder.Path, CheckpointEverySteps = 1,
        };
        var failure = Assert.Throws<DivergedException>(() => SmallRun.Train(options));
        Assert.Matches("^the loss is .* at step [23] with rate 1E\\+30 in epoch 1: lower the rate", failure.Message);
        Assert.Contains("last.safetensors", failure.Message, StringComparison.Ordinal);
        Assert.NotNull(new Nonsmooth.Training.Checkpoints.CheckpointFolder(folder.Path).LoadLast());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public void ParametersThatAreNoNumbersAreNotSaved(int every)
    {
        using var folder = new TemporaryFolder();
        var options = SmallRun.Options with
        {
            OptimizerName = "sgd", Optimizer = new SgdOptions { Momentum = 0 }, BatchSize = every == 1 ? 32 : 330, OutputFolder = folder.Path,
            CheckpointEverySteps = every, Schedule = new BlowUp(every == 1 ? 5 : 2),
        };
        var failure = Assert.Throws<DivergedException>(() => SmallRun.Train(options));
        Assert.Matches("^parameter 'fc1.weight' is not finite at step [25] with rate 1E\\+39 in epoch [12]: ", failure.Message);
        using var parameters = new ParameterSet(options.Network.Build(1).Parameters, 1);
        parameters.Load(new Nonsmooth.Training.Checkpoints.CheckpointFolder(folder.Path).LoadLast());
        Assert.Null(parameters.FirstNotFinite());
    }

    [Fact]
    public void NormalisationAndDropoutTrainEvaluateAndResume()
    {
        var network = Classifier.Of("small", SmallRun.Data.Shape, SmallRun.Data.ClassCount, (builder, x) =>
        {
            x = builder.Within("fc", () => builder.Linear(x.Flatten(1), 24));
            x = builder.Within("bn", () => builder.BatchNorm(x.Reshape(new Tensors.Shape(x.Shape[0], 24, 1, 1)))).Flatten(1);
            x = builder.Dropout(Functions.Relu(x), 0.25);
            return builder.Within("head", () => builder.Linear(x, SmallRun.Data.ClassCount));
        });
        using var folder = new Nonsmooth.Tests.Shared.TemporaryFolder();
        var options = SmallRun.Options with { Network = network, Epochs = 2 };
        var whole = SmallRun.Train(options with { OutputFolder = folder.File("whole") });
        SmallRun.Train(options with { OutputFolder = folder.File("parts"), Epochs = 1 });
        var resumed = SmallRun.Train(options with { OutputFolder = folder.File("parts"), Resume = true });

        var expected = new Nonsmooth.Training.Checkpoints.CheckpointFolder(folder.File("whole")).LoadLast();
        var actual = new Nonsmooth.Training.Checkpoints.CheckpointFolder(folder.File("parts")).LoadLast();
        Assert.Equal(whole.Result.TestAccuracy, resumed.Result.TestAccuracy);
        foreach (string name in new[] { "bn.running_mean", "bn.running_var", "fc.weight" })
        {
            Assert.Equal(expected[name].ToSingles(), actual[name].ToSingles());
        }

        Assert.All(expected["bn.running_var"].ToSingles(), v => Assert.True(v is > 0 and not 1));
        Assert.True(resumed.Result.History[^1].TestLoss < resumed.Result.History[0].TestLoss);
    }

    [Fact]
    public void AStepAllocatesNothingOfItsOwn()
    {
        // What the compiled program allocates is not the trainer's: run it alone and compare.
        var executor = new LibTorchExecutor();
        var network = SmallRun.Options.Network.Build(32);
        using var parameters = new ParameterSet(network.Parameters, 1);
        using var batch = new BatchTensors(32, SmallRun.Options.Network, SmallRun.Data.Train, parameters, [], false);
        using var buffers = new BufferSet([], 1, Precision.Float32);
        using var gradient = new GradientProgram(executor, network, SmallRun.Options.Selection, Precision.Float32, buffers);
        using var pool = new Nonsmooth.Optimizers.Workers.WorkerPool(1);
        using var optimizer = new InnapropOptions().Build(parameters.Slots, pool);
        int[] examples = [.. Enumerable.Range(0, 32)];
        batch.Fill(examples);
        gradient.Run(batch);
        Assert.Equal(0, SteadyAllocation.Of(() =>
        {
            batch.Fill(examples);
            optimizer.Step(gradient.Gradients, 1e-3);
        }));
    }

    [Fact]
    public void RefusesWhatCannotBeTrained()
    {
        static void Refused(TrainingOptions options, string part) => Assert.Contains(
            part, Assert.Throws<NonsmoothException>(() => SmallRun.Train(options)).Message, StringComparison.Ordinal);

        Refused(SmallRun.Options with { Network = Lenet5.Create() }, "cannot take the data 'blobs': field 'x' is real 1×1×8, not real 1×28×28");
        Refused(SmallRun.Options with { Network = Mlp.Create([8, 3], SmallRun.Data.Shape) }, "cannot take the data 'blobs': field 'target' has 4 classes, not 3");
        Refused(SmallRun.Options with { BatchSize = 0 }, "batch is 0: give a whole number of at least 1");
        Refused(SmallRun.Options with { Epochs = -1 }, "epochs is -1");
        Refused(SmallRun.Options with { Rate = double.NaN }, "rate is NaN");
        Refused(SmallRun.Options with { Threads = -2 }, "threads is -2");
        Refused(SmallRun.Options with { TelemetryEverySteps = -1 }, "telemetry is -1");
        Refused(SmallRun.Options with { TensorBoard = true }, "goes to the output folder: name one");
        Refused(SmallRun.Options with { Resume = true }, "name the output folder");
    }

    private sealed record BlowUp(long Step) : IRateSchedule
    {
        public double RateAt(long step) => step == Step ? 1e39 : 1e-3;
    }
}
