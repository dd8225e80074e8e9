using System.Text.Json;
using Nonsmooth.Data.Arrays;

namespace Nonsmooth.Pretrained.HuggingFace;

/// <summary>The tensors of a folder: of <c>model.safetensors</c>, or of the shards that an index names.</summary>
internal static class FolderWeights
{
    private const string Single = "model.safetensors";
    private const string Index = "model.safetensors.index.json";

    /// <summary>The tensors by name.</summary>
    /// <exception cref="NonsmoothException">There are none, shards are missing or overlap, or a file is damaged.</exception>
    public static IReadOnlyDictionary<string, StoredTensor> Read(string folder)
    {
        if (File.Exists(Path.Combine(folder, Single)))
        {
            return SafeTensors.Read(Path.Combine(folder, Single)).Tensors;
        }

        if (File.Exists(Path.Combine(folder, Index)))
        {
            return Shards(folder);
        }

        throw new FolderException(Directory.EnumerateFiles(folder, "pytorch_model*.bin").Any()
            ? "its weights are a pickle, pytorch_model.bin, which can hold code and is not opened; in Python: from transformers import AutoModel; model = AutoModel.from_pretrained(folder); model.save_pretrained(folder, safe_serialization=True)"
            : $"it has no {Single} and no {Index}");
    }

    private static Dictionary<string, StoredTensor> Shards(string folder)
    {
        var places = Places(Path.Combine(folder, Index));
        var tensors = new Dictionary<string, StoredTensor>(StringComparer.Ordinal);
        foreach (string shard in places.Values.Distinct(StringComparer.Ordinal))
        {
            if (Path.GetFileName(shard) != shard || !shard.EndsWith(".safetensors", StringComparison.Ordinal))
            {
                throw new FolderException($"{Index} names a shard that is no file of the folder");
            }

            if (!File.Exists(Path.Combine(folder, shard)))
            {
                throw new FolderException($"{Index} names {shard}, which is not there");
            }

            foreach (var (name, tensor) in SafeTensors.Read(Path.Combine(folder, shard)).Tensors)
            {
                if (!tensors.TryAdd(name, tensor))
                {
                    throw new FolderException($"'{name}' is in two shards");
                }
            }
        }

        return places.Keys.FirstOrDefault(name => !tensors.ContainsKey(name)) is { } missing
            ? throw new FolderException($"'{missing}' is not in {places[missing]}, where {Index} says that it is")
            : tensors;
    }

    private static Dictionary<string, string> Places(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.GetProperty("weight_map").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString() ?? "", StringComparer.Ordinal);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new FolderException($"{Index} is damaged", e);
        }
    }
}
