using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Data.Tests;

public sealed class MnistTests
{
    [Fact]
    public void ReadsTheRealFiles()
    {
        var data = Mnist.Load(new DatasetOptions { Locations = new DataLocations { Option = SharedData.FolderOrSkip("mnist") } });
        Assert.Equal((60_000, 10_000, 10), (data.Train.Count, data.Test.Count, data.ClassCount));
        var test = (PixelSplit)data.Test;
        var sum = 0L;
        for (var i = 0; i < test.Count; i++)
        {
            foreach (var pixel in test.Pixels(i))
            {
                sum += pixel;
            }
        }

        Assert.InRange(sum / 255.0 / test.Count / 784, 0.130, 0.135);
        // The published class counts of the test half.
        Assert.Equal([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009],
            Enumerable.Range(0, 10).Select(digit => data.Test.Labels.Count((byte)digit)));
    }

    [Fact]
    public void NormalisesWithTheUsualMeanAndDeviation()
    {
        using var folder = Small(out var options);
        var image = new float[784];
        Mnist.Load(options).Train.Fill([0], image, new long[1]);
        Assert.Equal((0f - 0.1307f) / 0.3081f, image[0]);
        Assert.Equal(((5 / 255f) - 0.1307f) / 0.3081f, image[5]);
    }

    [Fact]
    public void PixelsAreSharesOf255()
    {
        using var folder = Small(out var options);
        var image = new float[784];
        var data = Mnist.LoadPixels(options);
        data.Train.Fill([0], image, new long[1]);
        Assert.Equal((0f, 5 / 255f), (image[0], image[5]));
        Assert.Equal("mnist-pixels", data.Name);
    }

    [Fact]
    public void TakesTheFirstExamplesWhenAsked()
    {
        using var folder = Small(out var options);
        Assert.Equal(2, Mnist.Load(options with { TrainCount = 2 }).Train.Count);
        var e = Assert.Throws<NonsmoothException>(() => Mnist.Load(options with { TrainCount = 4 }));
        Assert.Equal("mnist has 3 train examples, not 4; choose 1 to 3.", e.Message);
    }

    [Fact]
    public void SaysWhereToGetAMissingFileAndWhereToPutIt()
    {
        var e = Assert.Throws<NonsmoothException>(() => Mnist.Load(new DatasetOptions { Locations = new DataLocations { Option = "/nowhere" } }));
        Assert.Contains("train-images-idx3-ubyte.gz", e.Message, StringComparison.Ordinal);
        Assert.Contains("'/nowhere'", e.Message, StringComparison.Ordinal);
        Assert.Contains("https://", e.Message, StringComparison.Ordinal);
        Assert.Contains("--data-dir, NONSMOOTH_DATA or ~/.cache/nonsmooth", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void RefusesLabelsOutOfRange() => Fails("train-labels-idx1-ubyte", Labels(1, 10, 2), "Label 1 of '", "is 10, not 0 to 9");

    [Fact]
    public void RefusesCountsThatDiffer() => Fails("train-labels-idx1-ubyte", Labels(1, 2), "holds 3 images but '", "2 labels");

    [Fact]
    public void RefusesImagesOfAnotherSize() =>
        Fails("train-images-idx3-ubyte", [0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 2, .. new byte[6]], "images of 1x2 pixels, not 28x28");

    private static void Fails(string file, byte[] content, params string[] parts)
    {
        using var folder = Small(out var options);
        folder.Write(file, content);
        var e = Assert.Throws<NonsmoothException>(() => Mnist.Load(options));
        Assert.All(parts, part => Assert.Contains(part, e.Message, StringComparison.Ordinal));
        Assert.Contains(file, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    private static TemporaryFolder Small(out DatasetOptions options)
    {
        var folder = new TemporaryFolder();
        byte[] images = [0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 28, 0, 0, 0, 28, .. Enumerable.Range(0, 3 * 784).Select(i => (byte)i)];
        foreach (var prefix in new[] { "train", "t10k" })
        {
            folder.Write($"{prefix}-images-idx3-ubyte", images);
            folder.Write($"{prefix}-labels-idx1-ubyte", Labels(7, 0, 9));
        }

        options = new DatasetOptions { Locations = new DataLocations { Option = folder.Path } };
        return folder;
    }

    private static byte[] Labels(params byte[] labels) => [0, 0, 8, 1, 0, 0, 0, (byte)labels.Length, .. labels];
}
