using Nonsmooth.Data.Arrays;

namespace Nonsmooth.Pretrained.HuggingFace;

/// <summary>Writes a folder as the one that came in with some tensors replaced: files, shards, index, types and metadata stay.</summary>
internal static class FolderWriter
{
    // Configurations, vocabularies, merges, templates, code, which is copied and not run, and licences.
    private static readonly string[] _kept = [".json", ".txt", ".model", ".jinja", ".md", ".py"];

    /// <summary>Writes it.</summary>
    /// <param name="from">The folder that came in.</param>
    /// <param name="to">Where to; may be the same folder.</param>
    /// <param name="numbers">Numbers by the names in the files; other tensors stay.</param>
    /// <exception cref="NonsmoothException">There are no weights to replace, a tensor has another number of elements or a type that is not read, or a file cannot be written.</exception>
    public static void Write(string from, string to, IReadOnlyDictionary<string, float[]> numbers)
    {
        var shards = FolderWeights.Files(from) ?? throw new FolderException("it has a config.json and no weights: there is nothing to replace");
        Directory.CreateDirectory(to);
        if (Directory.EnumerateFiles(to, "*" + FolderWeights.Ending).Select(f => Path.GetFileName(f)).FirstOrDefault(f => !shards.Any(s => s.File == f)) is { } other)
        {
            throw new FolderException($"'{to}' has weights of another folder ({other}): give a new folder");
        }

        foreach (var (file, _) in shards)
        {
            var content = SafeTensors.Read(Path.Combine(from, file));
            if (content.Others.FirstOrDefault() is { Key: { } strange, Value: var type })
            {
                throw new FolderException($"'{strange}' is of {type}, which is not read: the folder cannot be written again");
            }

            SafeTensors.Write(Path.Combine(to, file), content.Tensors.ToDictionary(t => t.Key, t => numbers.TryGetValue(t.Key, out float[]? values) ? With(t.Key, t.Value, values) : t.Value, StringComparer.Ordinal), content.Metadata);
        }

        if (Path.GetFullPath(from) != Path.GetFullPath(to))
        {
            foreach (string path in Directory.EnumerateFiles(from).Where(f => _kept.Contains(Path.GetExtension(f)) || Path.GetFileName(f) == "LICENSE"))
            {
                File.Copy(path, Path.Combine(to, Path.GetFileName(path)), true);
            }
        }
    }

    private static StoredTensor With(string name, StoredTensor stored, float[] values) => values.Length == stored.Count && stored.IsReal ? StoredTensor.Rounded(stored.Type, values, stored.Shape.AsSpan())
        : throw new FolderException($"'{name}' is [{string.Join(", ", stored.Shape)}] of {stored.Type}, and {values.Length} numbers are to be written: give as many");
}
