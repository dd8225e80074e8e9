using Nonsmooth.Randomness;

namespace Nonsmooth.Data;

/// <summary>
/// Gaussian clouds: class c has a centre drawn from N(0, 3² I) and its examples from N(centre, I).
/// </summary>
/// <remarks>Example i of either half is a pure function of (seed, half, i): asking for more keeps the first ones.</remarks>
public static class Blobs
{
    private const double CentreDeviation = 3;
    private const int DefaultTrain = 2000;
    private const int DefaultTest = 500;

    /// <summary>Makes the data set; its shape is 1×1×d.</summary>
    /// <exception cref="NonsmoothException">A count, the classes or the dimensions are out of range.</exception>
    public static Dataset Load(DatasetOptions options)
    {
        if (options.BlobClasses is < 1 or > 256)
        {
            throw new NonsmoothException($"blobs has 1 to 256 classes, not {options.BlobClasses}; choose a number between.");
        }

        if (options.BlobDimensions < 1)
        {
            throw new NonsmoothException($"blobs has at least one dimension, not {options.BlobDimensions}; choose a positive number.");
        }

        var random = new CounterRandom(options.Seed).Derive("blobs");
        var centres = new float[options.BlobClasses * options.BlobDimensions];
        random.Derive("centres").FillNormal(centres);
        return new Dataset(
            "blobs",
            [.. Enumerable.Range(0, options.BlobClasses).Select(c => $"blob {c}")],
            Split(options, random.Derive("train"), centres, SplitCount.Made("blobs", "train", options.TrainCount, DefaultTrain, options.BlobDimensions)),
            Split(options, random.Derive("test"), centres, SplitCount.Made("blobs", "test", options.TestCount, DefaultTest, options.BlobDimensions)));
    }

    private static FeatureSplit Split(DatasetOptions options, CounterRandom random, float[] centres, int count)
    {
        var size = options.BlobDimensions;
        var values = new float[count * size];
        var labels = new byte[count];
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, options.Threads) }, i =>
        {
            var label = (int)(((ulong)random.At((ulong)i) * (uint)options.BlobClasses) >> 32);
            labels[i] = (byte)label;
            var example = values.AsSpan(i * size, size);
            random.Derive((ulong)i).FillNormal(example);
            for (var d = 0; d < size; d++)
            {
                example[d] += (float)(CentreDeviation * centres[(label * size) + d]);
            }
        });
        return new FeatureSplit(new ImageShape(1, 1, size), options.BlobClasses, values, labels);
    }
}
