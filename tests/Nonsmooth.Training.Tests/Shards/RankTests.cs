using System.Globalization;
using System.Text.RegularExpressions;
using Nonsmooth.Cluster;
using Nonsmooth.Data;
using Nonsmooth.Data.Arrays;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Optimizers;
using Nonsmooth.Tests.Shared;
using Nonsmooth.Training.Checkpoints;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Tests.Engine;

namespace Nonsmooth.Training.Tests.Shards;

/// <summary>One run, however many ranks share its shards, wherever it was stopped and by how many it goes on.</summary>
[Collection("training")]
public sealed class RankTests
{
    // The column of a history that no run repeats.
    private const int Seconds = 6;

    private static readonly ushort[] _text = [.. Enumerable.Range(0, 1200).Select(i => (ushort)(i * i % 11 % 7))];
    private static readonly Dataset _tokens = new(
        "text", [.. "abcdefg".Select(c => c.ToString())], new TokenSplit(_text, 7, 16), new TokenSplit(_text.AsMemory(0, 200), 7, 16));

    private static readonly Lazy<Dataset> _strokes = new(() => Strokes.Load(new DatasetOptions { TrainCount = 96, TestCount = 20 }).Augment(new Augmentation(2, true)));

    [Theory]
    [InlineData("lenet5")]
    [InlineData("resnet6-cifar")]
    [InlineData("gpt")]
    [InlineData("gpt with adapters")]
    [InlineData("schedule-free")]
    public void AnyNumberOfRanksGivesTheBitsOfOne(string what)
    {
        using var folder = new TemporaryFolder();
        var options = Options(what, folder);
        var whole = Train(options, folder.File("whole"), 1);
        foreach (int ranks in (int[])[2, 4, 8])
        {
            Same(whole, Train(options with { ShardStates = ranks != 4 }, folder.File($"ranks{ranks}"), ranks));
        }
    }

    [Theory]
    [InlineData("resnet6-cifar")]
    [InlineData("gpt")]
    public void ARunGoesOnWithAnotherNumberOfRanksFromAnyStep(string what)
    {
        using var folder = new TemporaryFolder();
        var options = Options(what, folder);
        var whole = Train(options, folder.File("whole"), 1);
        int[] counts = [2, 1, 8, 4];
        for (int step = 1; step < whole.State!.Step; step++)
        {
            string disturbed = folder.File($"step{step}");
            using (var recorder = new Recorder { CancelAtStep = step })
            {
                Train(options with { ShardStates = step % 2 == 0 }, disturbed, counts[step % 4], recorder);

                // Several end after the step in which one asks, an epoch's end excepted.
                Assert.InRange(new CheckpointFolder(disturbed).Resume()!.Checkpoint.State!.Step, step, step + 1);
            }

            // How many shards there are is known from the run.
            Same(whole, Train(options with { Shards = null, ShardStates = step % 3 == 0, Resume = true }, disturbed, counts[(step + 1) % 4]));
        }
    }

    [Fact]
    public void WithoutAWordOfThemOneRankTakesTheBatchWholeAndSeveralTakeEightShards()
    {
        using var folder = new TemporaryFolder();
        var options = Options("lenet5", folder) with { Shards = null, Epochs = 1 };
        Same(Train(options with { Shards = 1 }, folder.File("one"), 1), Train(options, folder.File("usual"), 1));
        Same(Train(options with { Shards = 8 }, folder.File("eight"), 1), Train(options, folder.File("several"), 2));
    }

    [Fact]
    public void RanksThatDifferAreRefusedBeforeTheFirstStep()
    {
        using var folder = new TemporaryFolder();
        var options = Options("lenet5", folder);
        var refused = Assert.Throws<CommunicationException>(() => ThreadRanks.Run(2, ranks =>
        {
            using var run = new TrainingRun(options with { Seed = (ulong)ranks.Rank }, ranks: ranks);
            run.Train();
        }));
        Assert.Contains($"rank 1 on {Environment.MachineName} has seed 1, rank 0 on {Environment.MachineName} has 0: start all ranks with the same", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, 8, 32, "3 ranks cannot share 8 shards: start 1, 2, 4 or 8")]
    [InlineData(4, 2, 32, "4 ranks cannot share 2 shards: start 1 or 2, or give --shards 4")]
    [InlineData(2, 1, 32, "2 ranks cannot share 1 shard: start 1, or give --shards 2")]
    [InlineData(1, 8, 36, "a batch of 36 examples does not make 8 equal shards: give a batch of 32, or other shards")]
    [InlineData(1, 3, 36, "shards is 3: give a power of two, as 8")]
    public void WhatCannotBeSharedIsRefused(int count, int shards, int batch, string why)
    {
        using var folder = new TemporaryFolder();
        var options = Options("lenet5", folder) with { Shards = shards, BatchSize = batch };
        Assert.Contains(why, Assert.ThrowsAny<NonsmoothException>(() => Train(options, folder.File("run"), count)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALossThatIsNotFiniteEndsAllWithItsShardAndRank()
    {
        using var folder = new TemporaryFolder();
        var options = Options("lenet5", folder) with { OptimizerName = "sgd", Optimizer = new SgdOptions { Momentum = 0 }, Rate = 1e30 };
        string alone = Assert.Throws<DivergedException>(() => Train(options, folder.File("alone"), 1)).Message;
        string together = Assert.Throws<CommunicationException>(() => Train(options, folder.File("together"), 4)).Message;
        Assert.Contains("the loss is NaN in shard 0 at step 2", alone, StringComparison.Ordinal);
        Assert.Contains($"the loss is NaN in shard 0, of rank 0 on {Environment.MachineName} at step 2", together, StringComparison.Ordinal);
    }

    [Fact]
    public void ANaNThatOneRankMeetsEndsAllWithThatRank()
    {
        using var folder = new TemporaryFolder();
        float[] x = [.. Enumerable.Range(0, 8 * 256).Select(i => i == 8 * 100 ? float.NaN : MathF.Sin(i))];
        var split = new ArrayExamples(SmallRun.Data.Examples, new Dictionary<string, Array>
        {
            [SmallRun.Data.Examples[0].Name] = x, [SmallRun.Data.Examples[1].Name] = Enumerable.Range(0, 256).Select(i => (long)(i % 4)).ToArray(),
        });
        var options = SmallRun.Options with { Dataset = new Dataset("broken", split, split), BatchSize = 64, Shards = 8, SameBits = true };
        string alone = Assert.Throws<DivergedException>(() => Train(options, folder.File("alone"), 1)).Message;
        string together = Assert.Throws<CommunicationException>(() => Train(options, folder.File("together"), 4)).Message;
        var (one, four) = (Regex.Match(alone, @"the loss is NaN in shard (\d) at step (\d)"), Regex.Match(together, @"the loss is NaN in shard (\d), of rank (\d) on .* at step (\d)"));
        Assert.True(one.Success && four.Success, $"{alone}\n{together}");
        Assert.Equal((one.Groups[1].Value, one.Groups[2].Value), (four.Groups[1].Value, four.Groups[3].Value));
        Assert.Equal($"{int.Parse(one.Groups[1].Value, CultureInfo.InvariantCulture) / 2}", four.Groups[2].Value);
    }

    [Fact]
    public void AFullDiskOnRank0EndsAll()
    {
        using var folder = new TemporaryFolder();
        var options = Options("lenet5", folder);
        var failed = Assert.Throws<CommunicationException>(() => ThreadRanks.Run(2, ranks =>
        {
            using var run = new TrainingRun(options with { OutputFolder = folder.File("run") }, null, null, ranks.Rank == 0 ? new FaultyFileSystem(failAt: 3, kill: false) : null, ranks);
            run.Train();
        }));
        Assert.Contains("rank 0 on", failed.Message, StringComparison.Ordinal);
    }

    private static TrainingOptions Options(string what, TemporaryFolder folder)
    {
        bool text = what.StartsWith("gpt", StringComparison.Ordinal);
        var data = text ? _tokens : _strokes.Value;
        string network = text ? "gpt:2-32-2" : what == "resnet6-cifar" ? what : "lenet5";
        var options = new TrainingOptions
        {
            Network = Models.For(network, data.Examples), Dataset = data, BatchSize = 32, Epochs = 2, Seed = 7, Rate = 0.002, SameBits = true, Shards = 8, BucketLength = 1000,
        };
        return what switch
        {
            "gpt" => options with { BatchSize = 16, Accumulate = 2, ClipNorm = 0.3, Precision = Precision.Float16, LossScale = new LossScale(65504, 2) },
            "gpt with adapters" => WithAdapters(options with { BatchSize = 16, Accumulate = 2, ClipNorm = 0.3 }, folder),
            "schedule-free" => options with { OptimizerName = "schedule-free-adamw", Optimizer = OptimizerRegistry.Find("schedule-free-adamw").Configure(new Dictionary<string, string>()) },
            _ => options,
        };
    }

    // Adapters have dropout, and weights to adapt.
    private static TrainingOptions WithAdapters(TrainingOptions options, TemporaryFolder folder)
    {
        string start = folder.File("start");
        Train(options with { Epochs = 1 }, start, 1);
        return options with { Network = options.Network with { LowRank = new LowRank(2, Dropout: 0.3) }, Weights = new CheckpointFolder(start).LastPath };
    }

    private static Checkpoint Train(TrainingOptions options, string folder, int count, Recorder? recorder = null)
    {
        void Work(ICommunicator ranks)
        {
            using var run = new TrainingRun(options with { OutputFolder = folder }, ranks.Rank == 0 ? recorder : null, ranks: ranks);
            run.Train(recorder?.Token ?? default);
        }

        Ranks.Run(MpiLaunch.None, count, Work);
        return new CheckpointFolder(folder).Resume()!.Checkpoint;
    }

    private static void Same(Checkpoint expected, Checkpoint actual)
    {
        Assert.Equal(expected.Tensors.Keys.Order(), actual.Tensors.Keys.Order());
        Assert.Equal((expected.State!.Step, expected.State.Epoch), (actual.State!.Step, actual.State.Epoch));
        Assert.Equal(expected.State.Config, actual.State.Config);
        foreach (var (name, tensor) in expected.Tensors)
        {
                bool isHistory = name == MetricsFile.TensorName;
            Assert.True(isHistory ? Timeless(tensor).SequenceEqual(Timeless(actual[name])) : tensor.Bytes.Span.SequenceEqual(actual[name].Bytes.Span), name);
        }
    }

    private static IEnumerable<double> Timeless(StoredTensor history)
    {
        int columns = (int)history.Shape[^1];
        return history.Values<double>().ToArray().Where((_, i) => i % columns != Seconds);
    }
}
