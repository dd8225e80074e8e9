using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Training.Engine;

namespace Nonsmooth.Training.Tests.Engine;

[Collection("training")]
public sealed class StepRunnerTests
{
    [Trait("Speed", "Slow")]
    [Theory]
    [InlineData(1, false, Precision.Float32)]
    [InlineData(4, false, Precision.Float32)]
    [InlineData(1, true, Precision.Float32)]
    [InlineData(4, true, Precision.Float32)]
    [InlineData(4, true, Precision.Float16)]
    public void AStepAllocatesNoManagedMemory(int batches, bool guarded, Precision precision)
    {
        var meter = new Meter();
        SmallRun.Train(
            SmallRun.Options with
            {
                BatchSize = 8, Accumulate = batches, Precision = precision, LossScale = guarded ? new LossScale(1024, 0) : LossScale.None, ClipNorm = guarded ? 1 : null,
            },
            meter);

        // What an epoch's end and the compiler of the runtime allocate falls between some steps.
        long[] between = [.. meter.Bytes.Take(meter.Count).Zip(meter.Bytes.Take(meter.Count).Skip(1), (a, b) => b - a)];
        Assert.True(between.Length > 20);
        Assert.Equal(0, between.Order().ElementAt(between.Length / 2));
    }

    private sealed class Meter : ITrainingObserver
    {
        public long[] Bytes { get; } = new long[1000];

        public int Count { get; private set; }

        public void Step(in StepReport report) => Bytes[Count++] = GC.GetAllocatedBytesForCurrentThread();
    }
}
