namespace Nonsmooth.Data.Tests;

public sealed class BlobsTests
{
    [Fact]
    public void HasTheAskedClassesAndDimensions()
    {
        var data = Blobs.Load(new DatasetOptions { BlobClasses = 7, BlobDimensions = 5, TrainCount = 500, TestCount = 50 });
        Assert.Equal(new ImageShape(1, 1, 5), data.Shape);
        Assert.Equal((500, 50, 7), (data.Train.Count, data.Test.Count, data.ClassCount));
        Assert.Equal(7, data.Train.Labels.ToArray().Distinct().Count());
    }

    [Fact]
    public void GivesTheSameBitsForAnyNumberOfThreadsAndCount()
    {
        var one = Values(Blobs.Load(new DatasetOptions { Threads = 1 }).Train, 100);
        var many = Values(Blobs.Load(new DatasetOptions { Threads = 5, TrainCount = 100 }).Train, 100);
        Assert.Equal(one, many);
    }

    [Fact]
    public void SpreadsOneAroundEachCentre()
    {
        var data = Blobs.Load(new DatasetOptions { BlobClasses = 1, BlobDimensions = 1, TrainCount = 20_000 });
        var values = Values(data.Train, data.Train.Count);
        var mean = values.Average();
        Assert.InRange(values.Average(v => (v - mean) * (v - mean)), 0.96f, 1.04f);
    }

    [Fact]
    public void IsLearntByALinearClassifier()
    {
        var data = Blobs.Load(new DatasetOptions { BlobDimensions = 16 });
        Assert.InRange(SoftmaxRegression.TestAccuracy(data, epochs: 5, rate: 0.1f, new BatchOrder(data.Train.Count, 32, 1)), 0.97, 1);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(257, 2)]
    [InlineData(2, 0)]
    public void RefusesSizesOutOfRange(int classes, int dimensions) =>
        Assert.Throws<NonsmoothException>(() => Blobs.Load(new DatasetOptions { BlobClasses = classes, BlobDimensions = dimensions }));

    private static float[] Values(DataSplit split, int count)
    {
        var values = new float[count * split.Shape.Size];
        split.Fill([.. Enumerable.Range(0, count)], values, new long[count]);
        return values;
    }
}
