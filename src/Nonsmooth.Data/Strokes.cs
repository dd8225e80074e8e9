using Nonsmooth.Randomness;

namespace Nonsmooth.Data;

/// <summary>
/// Handwritten-like digits, 1×28×28, drawn by a seeded generator: no file is needed and there is no end of
/// them. About as hard as MNIST: not solved by a linear classifier.
/// </summary>
/// <remarks>
/// Image i of either half is a pure function of (seed, distortion, half, i): the same bits on every platform
/// and for any thread count, and asking for more keeps the first ones.
/// </remarks>
public static class Strokes
{
    private const int DefaultTrain = 10_000;
    private const int DefaultTest = 2_000;
    private const int ChunkSize = 64;

    /// <summary>Makes the data set.</summary>
    /// <exception cref="NonsmoothException">A count or the distortion is out of range.</exception>
    public static Dataset Load(DatasetOptions options)
    {
        var size = StrokePainter.Side * StrokePainter.Side;
        return new Dataset(
            "strokes",
            [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")],
            Split(options, "train", SplitCount.Made("strokes", "train", options.TrainCount, DefaultTrain, size)),
            Split(options, "test", SplitCount.Made("strokes", "test", options.TestCount, DefaultTest, size)));
    }

    /// <summary>Makes one half; halves of other names are other images.</summary>
    private static PixelSplit Split(DatasetOptions options, string name, int count)
    {
        if (options.Distortion is not (>= 0 and <= 3))
        {
            throw new NonsmoothException($"The distortion of strokes is {options.Distortion}; choose a number from 0 to 3.");
        }

        var shape = new ImageShape(1, StrokePainter.Side, StrokePainter.Side);
        var random = new CounterRandom(options.Seed).Derive("strokes").Derive(name);
        var pixels = new byte[count * shape.Size];
        var labels = new byte[count];
        var chunks = (count + ChunkSize - 1) / ChunkSize;
        Parallel.For(0, chunks, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, options.Threads) }, chunk =>
        {
            for (var i = chunk * ChunkSize; i < Math.Min(count, (chunk + 1) * ChunkSize); i++)
            {
                labels[i] = (byte)(((ulong)random.At((ulong)i) * 10) >> 32);
                StrokePainter.Paint(labels[i], random.Derive((ulong)i), (float)options.Distortion, pixels.AsSpan(i * shape.Size, shape.Size));
            }
        });
        return new PixelSplit(shape, 10, pixels, labels, options.Normalised(new Normalisation([0.115f], [0.25f])));
    }
}
