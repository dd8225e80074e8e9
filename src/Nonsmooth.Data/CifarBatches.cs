namespace Nonsmooth.Data;

/// <summary>CIFAR-10's binary files: records of a label and the 3072 bytes of a 3×32×32 image, in the official order.</summary>
internal static class CifarBatches
{
    private const int Record = 1 + ImageBytes;
    private const int ImageBytes = 3 * 32 * 32;

    // Ten times an official file, which has 10,000 records.
    private const long LongestFile = 100_000L * Record;

    private static readonly string[] Names = [.. Enumerable.Range(1, 5).Select(i => $"data_batch_{i}.bin"), "test_batch.bin"];

    /// <summary>Whether any of the six files is in a folder.</summary>
    public static bool AreIn(string folder) => Names.Any(name => File.Exists(Path.Combine(folder, name)));

    /// <summary>Reads the six files of a folder.</summary>
    /// <exception cref="NonsmoothException">A file is missing, cut or damaged.</exception>
    public static PixelHalves OfFolder(string folder) =>
        Join(folder, [.. Names.Where(name => File.Exists(Path.Combine(folder, name))).Select(name => new TarItem(name, PackedFile.ReadAll(Path.Combine(folder, name), LongestFile)))]);

    /// <summary>Reads the six files of a tar archive, gzipped or not.</summary>
    /// <exception cref="NonsmoothException">The archive cannot be read, or a file in it is missing, cut or damaged.</exception>
    public static PixelHalves OfArchive(string path) =>
        Join(path, TarItem.Read(path, name => Names.Contains(name.Split('/')[^1]), LongestFile, Names.Length * LongestFile));

    private static PixelHalves Join(string origin, IReadOnlyList<TarItem> items)
    {
        var batches = Names.Select(name => items.Where(item => item.Name.Split('/')[^1] == name).ToList() switch
        {
            [var item] => item,
            [] => throw new NonsmoothException($"'{origin}' has no {name}; fetch it again, all six files."),
            _ => throw new NonsmoothException($"'{origin}' has {name} more than once; leave one."),
        }).ToArray();
        foreach (var batch in batches)
        {
            Check(origin, batch, batches[0]);
        }

        return new PixelHalves(Half(batches.AsSpan(0, 5)), Half(batches.AsSpan(5)));
    }

    private static void Check(string origin, TarItem batch, TarItem first)
    {
        var content = batch.Content;
        if (content.Length == 0 || content.Length % Record != 0)
        {
            throw new NonsmoothException($"'{batch.Name}' of '{origin}' has {content.Length} bytes, not a multiple of {Record}; it is cut or damaged: fetch it again.");
        }

        // A file cut between two records would look whole.
        if (!batch.Name.EndsWith(Names[^1], StringComparison.Ordinal) && content.Length != first.Content.Length)
        {
            throw new NonsmoothException(
                $"'{batch.Name}' of '{origin}' holds {content.Length / Record} images but '{first.Name}' {first.Content.Length / Record}; one is cut: fetch them again.");
        }

        for (var i = 0; i < content.Length; i += Record)
        {
            if (content[i] > 9)
            {
                throw new NonsmoothException($"Label {i / Record} of '{batch.Name}' of '{origin}' is {content[i]}, not 0 to 9; fetch it again.");
            }
        }
    }

    private static PixelHalf Half(ReadOnlySpan<TarItem> batches)
    {
        var count = 0;
        foreach (var batch in batches)
        {
            count += batch.Content.Length / Record;
        }

        var (labels, pixels, at) = (new byte[count], new byte[count * ImageBytes], 0);
        foreach (var batch in batches)
        {
            for (var start = 0; start < batch.Content.Length; start += Record, at++)
            {
                labels[at] = batch.Content[start];
                batch.Content.AsSpan(start + 1, ImageBytes).CopyTo(pixels.AsSpan(at * ImageBytes));
            }
        }

        return new PixelHalf(labels, pixels);
    }
}
