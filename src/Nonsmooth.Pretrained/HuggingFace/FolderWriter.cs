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
    /// <param name="replaced">Tensors by the names in the files; others stay.</param>
    /// <param name="labels">How many labels its configuration gets, which are numbered; null to leave its own.</param>
    /// <exception cref="NonsmoothException">There are no weights to replace, a tensor has a type that is not read, or a file cannot be written.</exception>
    public static void Write(string from, string to, IReadOnlyDictionary<string, StoredTensor> replaced, int? labels)
    {
        var shards = FolderWeights.Files(from) ?? throw new FolderException("it has a config.json and no weights: there is nothing to replace");
        Directory.CreateDirectory(to);
        if (File.Exists(Path.Combine(to, FolderWeights.Single)) && shards is not [(FolderWeights.Single, _)])
        {
            throw new FolderException($"'{to}' has weights of another folder ({FolderWeights.Single}): give a new folder");
        }

        foreach (var (file, _) in shards)
        {
            var content = SafeTensors.Map(Path.Combine(from, file));
            if (content.Others.FirstOrDefault() is { Key: { } strange, Value: var type })
            {
                throw new FolderException($"'{strange}' is of {type}, which is not read: the folder cannot be written again");
            }

            SafeTensors.Write(Path.Combine(to, file), content.Tensors.ToDictionary(t => t.Key, t => replaced.GetValueOrDefault(t.Key) ?? t.Value, StringComparer.Ordinal), content.Metadata);
        }

        if (Path.GetFullPath(from) != Path.GetFullPath(to))
        {
            foreach (string path in Directory.EnumerateFiles(from).Where(f => _kept.Contains(Path.GetExtension(f)) || Path.GetFileName(f) == "LICENSE"))
            {
                File.Copy(path, Path.Combine(to, Path.GetFileName(path)), true);
            }
        }

        if (labels is { } count)
        {
            Edit(Path.Combine(to, FolderConfig.File), fields =>
            {
                fields["id2label"] = new JsonObject(Enumerable.Range(0, count).Select(i => KeyValuePair.Create($"{i}", (JsonNode?)$"LABEL_{i}")));
                fields["label2id"] = new JsonObject(Enumerable.Range(0, count).Select(i => KeyValuePair.Create($"LABEL_{i}", (JsonNode?)i)));
                fields.Remove("num_labels");
                fields.Remove("problem_type");
            });
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

    /// <summary>Numbers in the form and the type of a stored tensor.</summary>
    /// <exception cref="FolderException">There are not as many.</exception>
    public static StoredTensor Rounded(string name, StoredTensor stored, float[] values) => values.Length == stored.Count ? StoredTensor.Rounded(stored.Type, values, stored.Shape.AsSpan())
        : throw new FolderException($"'{name}' is [{string.Join(", ", stored.Shape)}] of {stored.Type}, and {values.Length} numbers are to be written: give as many");
}
