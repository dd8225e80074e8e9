namespace Nonsmooth.Data;

/// <summary>CIFAR-10: photographs of ten kinds of things, 3×32×32.</summary>
/// <remarks>
/// Krizhevsky, <i>Learning Multiple Layers of Features from Tiny Images</i> (2009). Each folder of
/// <see cref="DatasetOptions.Locations"/> is tried for, in this order:
/// <list type="number">
/// <item>the official binary files <c>data_batch_1.bin</c> … <c>data_batch_5.bin</c> and <c>test_batch.bin</c>;</item>
/// <item><c>cifar-10-binary.tar.gz</c> (or tgz, tar), which holds them;</item>
/// <item>image files <c>train/CLASS/NAME</c> and <c>test/CLASS/NAME</c>, JPEG or PNG, 32×32;</item>
/// <item><c>cifar10-images.tar.gz</c> (or tgz, tar), which holds such files.</item>
/// </list>
/// Binary files keep the official order; image files are sorted by class and name. Archives and image files are decoded
/// once and kept in <c>cifar10.pixels</c>, beside the data or, where that folder is read-only or in a repository, in the
/// user's cache; where neither can be written they are decoded each time. That file is made anew when what it was made
/// from has changed or it is damaged. Pixels are normalised with the means (.4914, .4822, .4465) and the deviations
/// (.2023, .1994, .2010).
/// </remarks>
public static class Cifar10
{
    internal const string Name = "cifar10";

    /// <summary>The classes, in the order of their labels.</summary>
    public static IReadOnlyList<string> ClassNames { get; } =
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    internal static ImageShape Shape { get; } = new(3, 32, 32);

    /// <summary>
    /// Reads the data set. A smaller count takes the first images of binary files, and the first images of every class
    /// of image files.
    /// </summary>
    /// <exception cref="NonsmoothException">A file is missing or damaged, or a count is out of range.</exception>
    public static Dataset Load(DatasetOptions options)
    {
        var source = Cifar10Source.Find(options.Locations) ?? throw Missing(options.Locations);
        var halves = Read(source, options);
        return new Dataset(
            Name,
            ClassNames,
            Split(source, options, "train", halves.Train, options.TrainCount),
            Split(source, options, "test", halves.Test, options.TestCount));
    }

    private static PixelHalves Read(Cifar10Source source, DatasetOptions options)
    {
        if (source.Identity is not { } identity)
        {
            return source.Read(options.Threads);
        }

        PixelCache[] caches =
            [.. CacheFolders.For(source.Folder, Name, options.Locations).Select(folder => new PixelCache(Path.Combine(folder, Name + ".pixels"), identity, Shape))];
        if (caches.Select(cache => cache.Read()).FirstOrDefault(kept => kept is not null) is { } found)
        {
            return found;
        }

        var halves = source.Read(options.Threads);
        _ = caches.Any(cache => Keep(cache, halves));
        return halves;
    }

    private static bool Keep(PixelCache cache, PixelHalves halves)
    {
        try
        {
            cache.Write(halves);
            return true;
        }
        catch (NonsmoothException)
        {
            // A disk that is full or read-only costs the time to decode again, not the run: the next place is tried.
            return false;
        }
    }

    private static PixelSplit Split(Cifar10Source source, DatasetOptions options, string name, PixelHalf half, int? wanted)
    {
        var count = SplitCount.Stored(Name, name, wanted, half.Labels.Length);
        var (labels, pixels) = source.SortedByClass ? half.FirstOfEachClass(count) : half.First(count);
        return new PixelSplit(Shape, ClassNames.Count, pixels, labels, options.Normalised(new Normalisation([.4914f, .4822f, .4465f], [.2023f, .1994f, .2010f])));
    }

    private static NonsmoothException Missing(DataLocations locations) => new(
        $"CIFAR-10 was not found in {locations.Places(Name)}; fetch https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz "
        + "and put it in the folder cifar10 of --data-dir, NONSMOOTH_DATA or ~/.cache/nonsmooth, or use --data strokes, which needs no file.");
}
