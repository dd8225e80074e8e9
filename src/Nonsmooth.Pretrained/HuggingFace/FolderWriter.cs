using System.Text.Json;
using System.Text.Json.Nodes;
using Nonsmooth.Data.Arrays;
using Nonsmooth.Data.Files;

namespace Nonsmooth.Pretrained.HuggingFace;

/// <summary>Writes a folder as the one that came in with some tensors replaced: files, shards, index, types and metadata stay.</summary>
internal static class FolderWriter
{
    // Configurations, vocabularies, merges, templates, code, which is copied and not run, and licences.
    private static readonly string[] _kept = [".json", ".txt", ".model", ".jinja", ".md", ".py"];

    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };

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
            var content = SafeTensors.Map(Path.Combine(from, file));
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

    /// <summary>Gives the head of a folder that was tied a weight of its own.</summary>
    /// <param name="folder">The folder, which is changed.</param>
    /// <param name="weights">The weights of head and embedding by their names, of which at least one is there.</param>
    public static void Untie(string folder, IReadOnlyDictionary<string, StoredTensor> weights)
    {
        var shards = FolderWeights.Files(folder)!;
        foreach (var (name, weight) in weights)
        {
            string file = shards.FirstOrDefault(s => s.Names?.Contains(name) == true).File ?? shards[0].File, path = Path.Combine(folder, file);
            var content = SafeTensors.Map(path);
            SafeTensors.Write(path, new Dictionary<string, StoredTensor>(content.Tensors, StringComparer.Ordinal) { [name] = weight }, content.Metadata);
            if (shards[0].Names is not null && !content.Tensors.ContainsKey(name))
            {
                Edit(Path.Combine(folder, FolderWeights.Index), fields =>
                {
                    fields["weight_map"]![name] = file;
                    if (fields["metadata"]?["total_size"] is JsonValue size && size.TryGetValue(out long bytes))
                    {
                        fields["metadata"]!["total_size"] = bytes + weight.Bytes.Length;
                    }
                });
            }
        }

        Edit(Path.Combine(folder, FolderConfig.File), fields => fields["tie_word_embeddings"] = false);
    }

    private static void Edit(string path, Action<JsonObject> change)
    {
        var fields = JsonNode.Parse(File.ReadAllBytes(path))!.AsObject();
        change(fields);
        AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, fields, _indented));
    }

    private static StoredTensor With(string name, StoredTensor stored, float[] values) => values.Length == stored.Count && stored.IsReal ? StoredTensor.Rounded(stored.Type, values, stored.Shape.AsSpan())
        : throw new FolderException($"'{name}' is [{string.Join(", ", stored.Shape)}] of {stored.Type}, and {values.Length} numbers are to be written: give as many");
}
