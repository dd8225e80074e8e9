using System.Security.Cryptography;

namespace Nonsmooth.Data.Tests;

public sealed class StrokesTests
{
    private static DatasetOptions Small => new() { TrainCount = 300, TestCount = 100 };

    [Fact]
    public void HasDigitsOfTenClasses()
    {
        var data = Strokes.Load(new DatasetOptions());
        Assert.Equal("strokes", data.Name);
        Assert.Equal(new ImageShape(1, 28, 28), data.Shape);
        Assert.Equal((10_000, 2_000, 10), (data.Train.Count, data.Test.Count, data.ClassCount));
        Assert.All(data.Train.Labels.ToArray().CountBy(label => label), pair => Assert.InRange(pair.Value, 850, 1150));
        Assert.Equal(10, data.Train.Labels.ToArray().Distinct().Count());
    }

    [Fact]
    public void GivesTheSameBitsForAnyNumberOfThreads()
    {
        var one = Strokes.Load(Small with { Threads = 1 });
        var many = Strokes.Load(Small with { Threads = 7 });
        Assert.Equal(Digest(one.Train), Digest(many.Train));
        Assert.Equal(Digest(one.Test), Digest(many.Test));
    }

    [Fact]
    public void KeepsItsBits() =>
        Assert.Equal("E94DBBB93BD337E6", Digest(Strokes.Load(Small).Train)[..16]);

    [Fact]
    public void KeepsTheFirstImagesWhenMoreAreAskedFor()
    {
        var few = (PixelSplit)Strokes.Load(Small).Train;
        var more = (PixelSplit)Strokes.Load(Small with { TrainCount = 500 }).Train;
        for (var i = 0; i < few.Count; i++)
        {
            Assert.True(few.Pixels(i).SequenceEqual(more.Pixels(i)));
            Assert.Equal(few.Labels[i], more.Labels[i]);
        }
    }

    [Fact]
    public void DiffersBetweenSeedsAndHalves()
    {
        var data = Strokes.Load(Small with { TestCount = 300 });
        var other = Strokes.Load(Small with { Seed = 1 });
        Assert.Equal(3, new[] { Digest(data.Train), Digest(data.Test), Digest(other.Train) }.Distinct().Count());
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void NormalisesToMeanZeroAndDeviationOne()
    {
        var data = Strokes.Load(new DatasetOptions { TestCount = 1 });
        var values = new float[data.Train.Count * data.Shape.Size];
        data.Train.Fill([.. Enumerable.Range(0, data.Train.Count)], values, new long[data.Train.Count]);
        var mean = values.Average(v => (double)v);
        Assert.InRange(mean, -0.03, 0.03);
        Assert.InRange(Math.Sqrt(values.Average(v => (double)v * v) - (mean * mean)), 0.97, 1.03);
    }

    [Fact]
    public void ShowsInkInEveryImageAtEveryDistortion()
    {
        foreach (var distortion in new[] { 0, 0.5, 1, 2, 3 })
        {
            var train = (PixelSplit)Strokes.Load(Small with { Distortion = distortion }).Train;
            for (var i = 0; i < train.Count; i++)
            {
                Assert.True(train.Pixels(i).ToArray().Count(pixel => pixel > 60) >= 8, $"image {i} at {distortion} is empty");
            }
        }
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void IsNotSolvedByALinearClassifier()
    {
        var data = Strokes.Load(new DatasetOptions());
        var accuracy = SoftmaxRegression.TestAccuracy(data, epochs: 8, rate: 0.01f, new BatchOrder(data.Train.Count, 32, 1));
        Assert.InRange(accuracy, 0.60, 0.95);
        TestContext.Current.TestOutputHelper?.WriteLine($"softmax regression on strokes: {accuracy:P2}");
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(3.5)]
    [InlineData(double.NaN)]
    public void RefusesADistortionOutOfRange(double distortion)
    {
        var e = Assert.Throws<NonsmoothException>(() => Strokes.Load(Small with { Distortion = distortion }));
        Assert.Contains("from 0 to 3", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RefusesACountOfZero() => Assert.Throws<NonsmoothException>(() => Strokes.Load(Small with { TrainCount = 0 }));

    private static string Digest(DataSplit split)
    {
        var pixels = (PixelSplit)split;
        return Convert.ToHexString(SHA256.HashData([.. split.Labels, .. Enumerable.Range(0, split.Count).SelectMany(i => pixels.Pixels(i).ToArray())]));
    }
}
