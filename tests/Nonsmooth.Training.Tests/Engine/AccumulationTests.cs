using Nonsmooth.Data;
using Nonsmooth.Optimizers;
using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Randomness;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Shards;
using Nonsmooth.Training.Networks;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Training.Tests.Engine;

[Collection("training")]
public sealed class AccumulationTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void AStepIsThatOfTheLargeBatchUpToRounding(int batches)
    {
        var options = SmallRun.Options with { OptimizerName = "sgd", Optimizer = new SgdOptions(), Epochs = 2 };
        var (large, expected) = SmallRun.Train(options);
        var (small, parameters) = SmallRun.Train(options with { BatchSize = 32 / batches, Accumulate = batches });
        Assert.Equal(large.Steps, small.Steps);
        Assert.Equal(large.TrainLoss!.Value, small.TrainLoss!.Value, 1e-6);
        Assert.All(expected.Zip(parameters), p => Assert.Equal(p.First, p.Second, 2e-6));
    }

    [Fact]
    public void ALenetToo()
    {
        var data = Strokes.Load(new DatasetOptions { TrainCount = 64, TestCount = 10 });
        var options = new TrainingOptions
        {
            Network = Lenet5.Create(), Dataset = data, BatchSize = 32, Threads = 1, OptimizerName = "sgd", Optimizer = new SgdOptions(), Rate = 0.05,
        };
        var (_, expected) = SmallRun.Train(options);
        var (_, parameters) = SmallRun.Train(options with { BatchSize = 8, Accumulate = 4 });
        Assert.NotEqual(expected, parameters);
        Assert.All(expected.Zip(parameters), p => Assert.Equal(p.First, p.Second, 1e-6));
    }

    [Trait("Speed", "Slow")]
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(12)]
    public void ItResumesWithTheSameBits(long step)
    {
        // 330 examples make 10 steps of 3 batches of 11.
        var options = SmallRun.Options with { BatchSize = 11, Accumulate = 3, Epochs = 2, ClipNorm = 0.5 };
        var (_, expected) = SmallRun.Train(options);
        using var folder = new TemporaryFolder();
        using var recorder = new Recorder { CancelAtStep = step };
        var (first, _) = SmallRun.Train(options with { OutputFolder = folder.Path }, recorder, recorder.Token);
        Assert.Equal(step, first.Steps);
        var (second, parameters) = SmallRun.Train(options with { OutputFolder = folder.Path, Resume = true, DataWorkers = 2 });
        Assert.Equal(20, second.Steps);
        Assert.Equal(expected, parameters);
    }

    [Fact]
    public void WhatIsLeftOfAnEpochIsLeftOut()
    {
        using var recorder = new Recorder();
        var (result, _) = SmallRun.Train(SmallRun.Options with { Accumulate = 3, Epochs = 2 }, recorder);
        Assert.Equal((3, 96, 6L), (recorder.Plan!.StepsPerEpoch, recorder.Plan.BatchSize, result.Steps));
        Assert.Contains(
            "a step takes 11 batches of 32 examples, and 'blobs' has 330",
            Assert.Throws<NonsmoothException>(() => SmallRun.Train(SmallRun.Options with { Accumulate = 11 })).Message,
            StringComparison.Ordinal);
    }

    [Trait("Speed", "Slow")]
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void SumsHaveTheSameBitsForAnyNumberOfThreads(int threads)
    {
        using var first = Random(1);
        using var second = Random(2);
        using var short1 = new NativeTensor([1f, 2f, 3f]);
        using var short2 = new NativeTensor([0.5f, float.NaN, -3f]);
        using var pool = new WorkerPool(threads);
        var sum = new GradientSum([first.Slot("long"), short1.Slot("short")], pool, new ShardPlan(1, 3));
        for (int again = 0; again < 2; again++)
        {
            sum.Begin();
            sum.Add([first.Address, short1.Address]);
            sum.Add([second.Address, short2.Address]);
            sum.Add([second.Address, short2.Address]);
        }

        Assert.Equal(first.Span.ToArray().Zip(second.Span.ToArray(), (a, b) => a + b + b), Values(sum.Sums[0], first.Span.Length));
        Assert.Equal([2f, float.NaN, -3f], Values(sum.Sums[1], 3));
    }

    [Fact]
    public void AClippedStepIsAsLongAsTheClip()
    {
        var options = SmallRun.Options with
        {
            OptimizerName = "sgd", Optimizer = new SgdOptions { Momentum = 0 }, BatchSize = 330, Epochs = 1, Rate = 0.5,
        };
        var (_, start) = SmallRun.Train(options with { Rate = 0 });
        Assert.Equal(0.5 * 0.01, Length(SmallRun.Train(options with { ClipNorm = 0.01 }).Parameters), 1e-7);
        Assert.Equal(SmallRun.Train(options).Parameters, SmallRun.Train(options with { ClipNorm = 1e6 }).Parameters);
        Assert.Contains("clip is 0: give a finite number above 0", Assert.Throws<NonsmoothException>(() => SmallRun.Train(options with { ClipNorm = 0 })).Message, StringComparison.Ordinal);

        double Length(float[] end) => Math.Sqrt(start.Zip(end, (a, b) => Math.Pow((double)a - b, 2)).Sum());
    }

    private static NativeTensor Random(ulong seed)
    {
        var values = new float[(1 << 19) + 5];
        new CounterRandom(seed).FillNormal(values.AsSpan());
        return new NativeTensor(values);
    }

    private static unsafe float[] Values(nint address, int length) => new ReadOnlySpan<float>((float*)address, length).ToArray();
}
