using System.Text.Json;
using Nonsmooth.Data.Arrays;
using Nonsmooth.Files;

namespace Nonsmooth.Pretrained.HuggingFace;

/// <summary>The tensors of a folder: of <c>model.safetensors</c>, or of the shards that an index names.</summary>
internal static class FolderWeights
{
    internal const string Ending = ".safetensors";
    internal const string Single = "model.safetensors";
    internal const string Index = "model.safetensors.index.json";

    /// <summary>The files that hold the tensors: the only one, or the shards, each with the tensors that the index puts there; null where the folder has none.</summary>
    /// <exception cref="NonsmoothException">They are a pickle, the index is damaged, or names what is no file of the folder.</exception>
    public static IReadOnlyList<(string File, IReadOnlyList<string>? Names)>? Files(string folder) =>
        File.Exists(Path.Combine(folder, Single)) ? [(Single, null)]
        : File.Exists(Path.Combine(folder, Index)) ? [.. Places(folder).GroupBy(p => p.File, StringComparer.Ordinal).Select(g => (Checked(folder, g.Key), (IReadOnlyList<string>?)[.. g.Select(p => p.Name)]))]
        : Pickle(folder) is { } pickle ? throw new FolderException(
            $"its weights are a pickle, {pickle}, which can hold code and is not opened; in Python: from transformers import AutoModelForCausalLM; model = AutoModelForCausalLM.from_pretrained('FOLDER'); model.save_pretrained('FOLDER', safe_serialization=True); and give FOLDER again")
        : null;

    /// <summary>The tensors by name; null where the folder has none.</summary>
    /// <exception cref="NonsmoothException">As <see cref="Files"/>; or a tensor is not where the index says, or a file is damaged.</exception>
    public static IReadOnlyDictionary<string, StoredTensor>? Read(string folder)
    {
        if (Files(folder) is not { } files)
        {
            return null;
        }

        var tensors = new Dictionary<string, StoredTensor>(StringComparer.Ordinal);
        foreach (var (file, names) in files)
        {
            var content = SafeTensors.Map(Path.Combine(folder, file)).Tensors;
            if (names?.FirstOrDefault(n => !content.ContainsKey(n)) is { } missing)
            {
                throw new FolderException($"'{missing}' is not in {file}, where {Index} says that it is");
            }

            foreach (var (name, tensor) in content)
            {
                if (!tensors.TryAdd(name, tensor))
                {
                    throw new FolderException($"'{name}' is in two shards, {file} and one before it");
                }
            }
        }

        return tensors;
    }

    private static string? Pickle(string folder) => Directory.EnumerateFiles(folder, "pytorch_model*").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal).FirstOrDefault();

    private static string Checked(string folder, string shard) =>
        Path.GetFileName(shard) != shard || !shard.EndsWith(Ending, StringComparison.Ordinal) ? throw new FolderException($"{Index} names a shard that is no file of the folder: shards end in {Ending} and have no path")
        : !File.Exists(Path.Combine(folder, shard)) ? throw new FolderException($"{Index} names {shard}, which is not there")
        : shard;

    private static List<(string Name, string File)> Places(string folder)
    {
        try
        {
            using var document = JsonDocument.Parse(InputFile.ReadBytes(Path.Combine(folder, Index), "index", SafeTensors.MaxHeader), new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 8 });
            return [.. document.RootElement.GetProperty("weight_map").EnumerateObject().Select(p => (p.Name, p.Value.GetString() ?? ""))];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FolderException($"{Index} is damaged: it has no weight_map of names to shards", e);
        }
    }
}
