namespace Nonsmooth.Data;

/// <summary>Images of any size in folders of classes: <c>train/CLASS/NAME</c> and <c>val/CLASS/NAME</c> (else <c>test/CLASS/NAME</c>), JPEG or PNG.</summary>
/// <remarks>
/// <para>The classes are the folders in <c>train</c>, in ordinal order. Every image is decoded once, its shorter side scaled
/// down to 8/7 of <see cref="DatasetOptions.ImageSize"/> (256 for 224), and kept as bytes in one file beside the images, or,
/// where their folder is read-only or in a repository, in the user's cache; it is never read whole. A
/// file that cannot be decoded stops that, before anything is trained, and is named. The kept file is made anew when an
/// image's name, length, time or change has changed.</para>
/// <para>For training a random part of each image is scaled to the size and mirrored half of the time, anew in every epoch;
/// for testing the middle is taken. Numbers are normalised with ImageNet's means (.485, .456, .406) and deviations (.229,
/// .224, .225).</para>
/// </remarks>
public static class ImageFolder
{
    internal const string Prefix = "images:";

    /// <summary>Loads the folder at a path.</summary>
    /// <exception cref="NonsmoothException">The folder or a half is missing, an image cannot be decoded, nothing can be kept anywhere, or a count is out of range.</exception>
    public static Dataset Load(string path, DatasetOptions options) => Load(Prefix + path, "images", path, options);

    /// <summary>The row of a published data set, whose folder is looked for in every location.</summary>
    internal static DatasetRow Published(string name, string description, string address) => new(name, description, true, options =>
        Load(name, name, options.Locations.Candidates(name).FirstOrDefault(folder => Directory.Exists(Path.Combine(folder, "train")) && Path.GetFileName(folder) == name)
            ?? throw new NonsmoothException(
                $"{name} was not found in {options.Locations.Places(name)}; fetch it from {address} and put its images in train/CLASS/NAME.jpg and val/CLASS/NAME.jpg "
                + $"of the folder {name} of --data-dir, NONSMOOTH_DATA or ~/.cache/nonsmooth."), options)) { AnySize = true };

    private static Dataset Load(string name, string kept, string path, DatasetOptions options)
    {
        var size = options.ImageSize >= 1 ? options.ImageSize : throw new NonsmoothException($"image-size is {options.ImageSize}: give at least 1");
        if (!Directory.Exists(path))
        {
            throw new NonsmoothException($"there is no folder '{path}': give one with train/CLASS/NAME.jpg and val/CLASS/NAME.jpg");
        }

        var listing = FolderListing.Of(Path.GetFullPath(path));
        var pixels = Pixels(listing, kept, (int)Math.Round(size * 8.0 / 7), options);
        int[] Chosen(string half, int first, int count, int? wanted) => FirstOfEachClass(
            [.. Enumerable.Range(first, count)], pixels.Label, SplitCount.Stored(name, half, wanted, count));
        FolderSplit Split(int[] images) =>
            new(pixels, images, listing.ClassNames.Count, size, options.Normalised(new Normalisation([.485f, .456f, .406f], [.229f, .224f, .225f])));
        return new Dataset(
            name,
            listing.ClassNames,
            Split(Chosen("train", 0, listing.Train.Count, options.TrainCount)),
            Split(Chosen("test", listing.Train.Count, listing.Test.Count, options.TestCount)));
    }

    private static FolderPixels Pixels(FolderListing listing, string name, int shorter, DatasetOptions options)
    {
        var identity = $"{listing.Identity} {shorter}";
        string[] paths = [.. CacheFolders.For(listing.Folder, name, options.Locations).Select(folder => Path.Combine(folder, $"{name}-{shorter}.pixels"))];
        if (paths.Select(path => FolderPixels.Open(path, identity)).FirstOrDefault(kept => kept is not null) is { } found)
        {
            return found;
        }

        var place = paths.FirstOrDefault()
            ?? throw new NonsmoothException($"the images of '{listing.Folder}' must be kept decoded, and there is nowhere to: make that folder writable, or HOME known");
        FolderPixels.Write(place, identity, [.. listing.Train, .. listing.Test], shorter, options.Threads, options.Limits);
        return FolderPixels.Open(place, identity) ?? throw new NonsmoothException($"'{place}' was written and cannot be read: check the disk");
    }

    /// <summary>The first images of every class, then the second ones and so on until there are enough; they stay in order.</summary>
    private static int[] FirstOfEachClass(int[] images, Func<int, int> label, int count)
    {
        var seen = new Dictionary<int, int>();
        return count == images.Length
            ? images
            : [.. images.Select(image => (Turn: seen[label(image)] = seen.GetValueOrDefault(label(image)) + 1, Image: image)).Order().Take(count).Select(pair => pair.Image).Order()];
    }
}
