using Nonsmooth.Data;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Shards;

namespace Nonsmooth.Training.Tests.Engine;

[Collection("training")]
public sealed class BatchFeedTests
{
    private static readonly DataSplit _split = Strokes.Load(new DatasetOptions { TrainCount = 50, TestCount = 1 }).Augment(new Augmentation(3, true)).Train;
    private static readonly Model _model = Lenet5.Create();
    private static readonly BatchOrder _order = new(50, 7, 3) { DropLast = true };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void EveryBatchIsWhatOneThreadFills(int workers)
    {
        using var parameters = new ParameterSet([], 0);
        using var feed = Feed(workers, parameters);
        using var expected = Batch(parameters);
        for (int step = 0; step < 3 * _order.BatchesPerEpoch; step++)
        {
            var (epoch, batch) = (step / _order.BatchesPerEpoch, step % _order.BatchesPerEpoch);
            Same(expected, feed, epoch, batch, step + 1);
        }
    }

    [Fact]
    public void APlaceThatWasNotExpectedIsFilledAnew()
    {
        using var parameters = new ParameterSet([], 0);
        using var feed = Feed(2, parameters);
        using var expected = Batch(parameters);
        foreach (var (epoch, batch) in new[] { (0, 2), (0, 2), (2, 6), (1, 0), (2, 5), (2, 6), (0, 0) })
        {
            Same(expected, feed, epoch, batch, (epoch * _order.BatchesPerEpoch) + batch + 1);
        }
    }

    [Fact]
    public void AFailureIsThrownWhereTheBatchIsTaken()
    {
        using var parameters = new ParameterSet([], 0);
        var tooMany = new BatchOrder(60, 30, 1) { Shuffle = false };
        using var feed = new BatchFeed(tooMany, 1, 1, TimeProvider.System, new ShardPlan(1, 1), Batch(parameters, 30), Batch(parameters, 30));
        feed.Take(0, 0, 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => feed.Take(0, 1, 0));
        Assert.NotNull(feed.Take(0, 0, 0));
    }

    private static void Same(BatchTensors expected, BatchFeed feed, int epoch, int batch, long step)
    {
        var actual = feed.Take(epoch, batch, 0);
        expected.Fill(_order.Epoch(epoch).Batch(batch), step, new EpochDraw(3, epoch));
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(Bytes(expected, i), Bytes(actual, i));
        }

        Assert.Equal(step, actual.Inputs[^1].ToArray<long>()[0]);
    }

    private static byte[] Bytes(BatchTensors tensors, int input) => input == 0
        ? System.Runtime.InteropServices.MemoryMarshal.AsBytes(tensors[0].AsSpan<float>()).ToArray()
        : System.Runtime.InteropServices.MemoryMarshal.AsBytes(tensors[1].AsSpan<long>()).ToArray();

    private static BatchFeed Feed(int workers, ParameterSet parameters) =>
        new(_order, 3, workers, TimeProvider.System, new ShardPlan(1, 1), Batch(parameters), Batch(parameters));

    private static BatchTensors Batch(ParameterSet parameters, int size = 7) => new(size, _model, _split, parameters, [], usesStep: true);
}
