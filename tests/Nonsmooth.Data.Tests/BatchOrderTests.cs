using CsCheck;

namespace Nonsmooth.Data.Tests;

public sealed class BatchOrderTests
{
    [Fact]
    public void TakesEveryExampleOnceAnEpoch() => Gen.Select(Gen.Int[1, 200], Gen.Int[1, 50], Gen.ULong, Gen.Bool)
        .Sample((count, size, seed, shuffle) =>
        {
            var order = new BatchOrder(count, size, seed) { Shuffle = shuffle };
            var taken = All(order, 3);
            Assert.Equal(Enumerable.Range(0, count), shuffle ? taken.Order() : taken);
            Assert.Equal((count + size - 1) / size, order.BatchesPerEpoch);
        }, iter: 300);

    [Fact]
    public void DropsTheLastSmallBatchWhenAsked()
    {
        Assert.Equal(30, All(new BatchOrder(37, 10, 1) { DropLast = true }, 0).Count);
        Assert.Equal(7, All(new BatchOrder(7, 10, 1) { DropLast = true }, 0).Count);
    }

    [Fact]
    public void GoesOnFromAnyBatch()
    {
        var first = new BatchOrder(100, 8, 5).Epoch(4);
        var again = new BatchOrder(100, 8, 5).Epoch(4);
        Assert.Equal(first.Batch(9), again.Batch(9));
    }

    [Fact]
    public void ChangesWithSeedAndEpoch()
    {
        var orders = new[] { All(new(50, 8, 1), 0), All(new(50, 8, 1), 1), All(new(50, 8, 2), 0) };
        Assert.Equal(3, orders.Select(o => string.Join(',', o)).Distinct().Count());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(1, -3)]
    public void RefusesNothingToTake(int count, int size) => Assert.Throws<NonsmoothException>(() => new BatchOrder(count, size, 0));

    [Fact]
    public void RefusesABatchBeyondTheEpoch() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchOrder(10, 5, 0).Epoch(0).Batch(2).Length);

    private static List<int> All(BatchOrder order, int epoch)
    {
        var batches = order.Epoch(epoch);
        var all = new List<int>();
        for (var b = 0; b < batches.BatchCount; b++)
        {
            all.AddRange(batches.Batch(b));
        }

        return all;
    }
}
