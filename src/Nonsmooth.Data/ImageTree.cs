using Nonsmooth.Data.Files;
using Nonsmooth.Files;

namespace Nonsmooth.Data;

/// <summary>Image files sorted into folders: <c>train/CLASS/NAME</c> and <c>test/CLASS/NAME</c>, JPEG or PNG.</summary>
internal sealed class ImageTree
{
    private static readonly string[] Halves = ["train", "test"];
    private readonly string origin;
    private readonly IReadOnlyList<string> classNames;
    private readonly List<Leaf> leaves;

    private ImageTree(string origin, IReadOnlyList<string> classNames, IEnumerable<Leaf> leaves)
    {
        this.origin = origin;
        this.classNames = classNames;
        this.leaves = [.. leaves.OrderBy(leaf => leaf.Half, StringComparer.Ordinal)
            .ThenBy(leaf => leaf.Class, StringComparer.Ordinal)
            .ThenBy(leaf => leaf.Name, StringComparer.Ordinal)];
    }

    /// <summary>What the tree was made of, for <see cref="PixelCache"/>: it changes with any file's name, length, time or change.</summary>
    public string Identity
    {
        get
        {
            var state = Checksum.Start;
            foreach (var leaf in leaves)
            {
                state = Checksum.Append(state, System.Text.Encoding.UTF8.GetBytes($"{leaf.Half}/{leaf.Class}/{leaf.Name} {leaf.Stamp}\n"));
            }

            return $"{origin} {leaves.Count} {Checksum.Finish(state):x8}";
        }
    }

    /// <summary>Whether a folder holds <c>train</c> or <c>test</c> with a folder of one of the classes.</summary>
    public static bool IsIn(string folder, IReadOnlyList<string> classNames) =>
        Halves.Any(half => classNames.Any(name => Directory.Exists(Path.Combine(folder, half, name))));

    /// <summary>The images of a folder; none is read yet.</summary>
    /// <exception cref="NonsmoothException">The folder cannot be listed.</exception>
    public static ImageTree OfFolder(string folder, IReadOnlyList<string> classNames)
    {
        try
        {
            return new ImageTree(folder, classNames, Halves.Select(half => new DirectoryInfo(Path.Combine(folder, half))).Where(half => half.Exists)
                .SelectMany(half => half.EnumerateFiles("*", SearchOption.AllDirectories))
                .Select(file => LeafOf(Path.GetRelativePath(folder, file.FullName).Replace('\\', '/'), () => Content(file), Stamp(file)))
                .OfType<Leaf>());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw PackedFile.Unreadable(folder, e);
        }
    }

    /// <summary>The images of a tar archive, gzipped or not; all are read, none is decoded yet.</summary>
    /// <exception cref="NonsmoothException">The archive cannot be read, or is cut or damaged.</exception>
    public static ImageTree OfArchive(string path, IReadOnlyList<string> classNames) =>
        new(path, classNames, TarItem.Read(path, name => LeafOf(name, null, "") is not null, ImageDecoder.LongestFile)
            .Select(item => LeafOf(item.Name, () => item.Content, "")).OfType<Leaf>());

    /// <summary>Decodes every image, sorted by class and file name; the number of threads does not show in the result.</summary>
    /// <exception cref="NonsmoothException">A half is empty, a class unknown, a name twice there, or an image damaged: the first one in order is named.</exception>
    public PixelHalves Decode(ImageShape shape, int threads)
    {
        var labels = leaves.Select(Label).ToArray();
        for (var i = 1; i < leaves.Count; i++)
        {
            if ((leaves[i].Half, leaves[i].Class, leaves[i].Name) == (leaves[i - 1].Half, leaves[i - 1].Class, leaves[i - 1].Name))
            {
                throw new NonsmoothException($"{Place(leaves[i])} is there twice; leave one out.");
            }
        }

        var tests = leaves.Count(leaf => leaf.Half == "test");
        if (tests == 0 || tests == leaves.Count)
        {
            throw new NonsmoothException($"'{origin}' has no image {(tests == 0 ? "test" : "train")}/CLASS/NAME.jpg or png; add that half.");
        }

        // Half by half, so that each is decoded to where it stays; test sorts before train.
        var test = Decode(0, labels[..tests], shape, threads);
        return new PixelHalves(Decode(tests, labels[tests..], shape, threads), test);
    }

    private static Leaf? LeafOf(string path, Func<byte[]>? read, string stamp)
    {
        var parts = path.Split('/');
        return parts.Length >= 3 && Halves.Contains(parts[^3]) && parts[^1] is [not '.', ..]
            && Path.GetExtension(parts[^1]).ToUpperInvariant() is ".JPG" or ".JPEG" or ".PNG"
            ? new Leaf(parts[^3], parts[^2], parts[^1], stamp, read ?? (() => []))
            : null;
    }

    private static string Stamp(FileInfo file)
    {
        var stamp = FileStamp.Of(file.FullName);
        return FormattableString.Invariant($"{stamp.Length} {stamp.Written} {stamp.Changed}");
    }

    private static byte[] Content(FileInfo file)
    {
        try
        {
            return InputFile.ReadBytes(file.FullName, "", ImageDecoder.LongestFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw PackedFile.Unreadable(file.FullName, e);
        }
    }

    private PixelHalf Decode(int start, byte[] labels, ImageShape shape, int threads)
    {
        var pixels = new byte[labels.Length * shape.Size];
        var errors = new NonsmoothException?[labels.Length];
        // Break, unlike an exception, lets every earlier image be tried: which error is reported is no matter of luck.
        var loop = Parallel.For(0, labels.Length, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads) }, (i, state) =>
        {
            try
            {
                var leaf = leaves[start + i];
                ImageDecoder.Decode(Place(leaf), leaf.Read(), shape, pixels.AsSpan(i * shape.Size, shape.Size));
            }
            catch (NonsmoothException e)
            {
                errors[i] = e;
                state.Break();
            }
        });
        return loop.LowestBreakIteration is { } first ? throw errors[first]! : new PixelHalf(labels, pixels);
    }

    private byte Label(Leaf leaf)
    {
        for (var i = 0; i < classNames.Count; i++)
        {
            if (classNames[i] == leaf.Class)
            {
                return (byte)i;
            }
        }

        throw new NonsmoothException($"{Place(leaf)} is in class '{leaf.Class}', which is none of {string.Join(", ", classNames)}; move it or leave it out.");
    }

    private string Place(Leaf leaf) => $"'{leaf.Half}/{leaf.Class}/{leaf.Name}' of '{origin}'";

    private sealed record Leaf(string Half, string Class, string Name, string Stamp, Func<byte[]> Read);
}
