namespace Nonsmooth.Data;

/// <summary>One form in which CIFAR-10 was found.</summary>
/// <param name="Folder">Where it lies.</param>
/// <param name="SortedByClass">Whether its first images are all of one class.</param>
/// <param name="Identity">What to know its decoded images by; null where there is nothing to decode.</param>
/// <param name="Read">Reads and decodes it with so many threads.</param>
internal sealed record Cifar10Source(string Folder, bool SortedByClass, string? Identity, Func<int, PixelHalves> Read)
{
    private static readonly string[] BatchArchives = ["cifar-10-binary.tar.gz", "cifar-10-binary.tgz", "cifar-10-binary.tar"];
    private static readonly string[] ImageArchives = ["cifar10-images.tar.gz", "cifar10-images.tgz", "cifar10-images.tar"];

    /// <summary>The first form there is in the first folder that has one, or null.</summary>
    /// <exception cref="NonsmoothException">A file or folder that is there cannot be read.</exception>
    public static Cifar10Source? Find(DataLocations locations) =>
        locations.Candidates(Cifar10.Name).Select(In).FirstOrDefault(source => source is not null);

    private static Cifar10Source? In(string folder)
    {
        foreach (var place in (string[])[folder, Path.Combine(folder, "cifar-10-batches-bin")])
        {
            if (CifarBatches.AreIn(place))
            {
                return new Cifar10Source(place, false, null, _ => CifarBatches.OfFolder(place));
            }
        }

        if (Archive(folder, BatchArchives) is { } batches)
        {
            return new Cifar10Source(folder, false, PackedFile.Identity(batches), _ => CifarBatches.OfArchive(batches));
        }

        if (ImageTree.IsIn(folder, Cifar10.ClassNames))
        {
            var tree = ImageTree.OfFolder(folder, Cifar10.ClassNames);
            return new Cifar10Source(folder, true, tree.Identity, threads => tree.Decode(Cifar10.Shape, threads));
        }

        return Archive(folder, ImageArchives) is { } images
            ? new Cifar10Source(folder, true, PackedFile.Identity(images), threads => ImageTree.OfArchive(images, Cifar10.ClassNames).Decode(Cifar10.Shape, threads))
            : null;
    }

    private static string? Archive(string folder, string[] names) =>
        names.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
