using Nonsmooth.Data.Arrays;
using Nonsmooth.Pretrained.HuggingFace;

namespace Nonsmooth.Pretrained.Adapters;

/// <summary>A folder with an adapter folded into its weights, which makes the same function without it.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Numbers">The weights that are changed, by their names in the folder; computed in 64 bits.</param>
/// <param name="Untied">Where the head was tied to the embedding and the adapter changes one of them only, the weights of both; else none.</param>
public sealed record AdapterMerge(HuggingFaceFolder Folder, IReadOnlyDictionary<string, float[]> Numbers, IReadOnlyDictionary<string, StoredTensor> Untied)
{
    /// <summary>What there is to say, a sentence each.</summary>
    public IReadOnlyList<string> Notes => Untied.Count == 0 ? []
        : ["warning: the head is tied to the embedding, and the adapter changes one of the two: what is merged holds both and is tied no longer. PEFT merges into the tied tensor, which makes another function"];

    /// <summary>Folds an adapter into a folder's weights.</summary>
    /// <exception cref="NonsmoothException">The folder has no weights, or the adapter does not fit it.</exception>
    public static AdapterMerge Of(HuggingFaceFolder folder, Adapter adapter)
    {
        var change = new AdapterChange(adapter);
        var used = folder.Smallest(change).Weights.ToDictionary(w => w.Name, StringComparer.Ordinal);
        var tensors = folder.Tensors ?? throw new NonsmoothException($"'{folder.Path}' has a config.json and no weights: there is nothing to merge into");
        var (head, weight) = change.Head;
        var numbers = new Dictionary<string, float[]>(StringComparer.Ordinal);
        foreach (string key in tensors.Keys)
        {
            string name = change.Replaced.FirstOrDefault(r => r.Key == key || r.Key == change.Prefix + key).Value ?? key;
            bool isHead = name == weight && head?.Tied is null;
            if (name != key || change.Adapted.Any(a => a.Weight.Name == name && a.IsHead == isHead))
            {
                numbers[key] = Changed(name, isHead);
            }
        }

        var untied = new Dictionary<string, StoredTensor>(StringComparer.Ordinal);
        if (head?.Tied is { } table && (Changed(weight, true), Changed(change.Tables[table], false)) is var (last, first) && !last.AsSpan().SequenceEqual(first))
        {
            string key = tensors.ContainsKey(table) || !table.StartsWith(change.Prefix, StringComparison.Ordinal) ? table : table[change.Prefix.Length..];
            var stored = used[weight].Stored!;
            untied[$"{head.Module}.weight"] = StoredTensor.Rounded(stored.Type, last, stored.Shape.AsSpan());
            untied[tensors.ContainsKey(key) ? key : table] = StoredTensor.Rounded(stored.Type, first, stored.Shape.AsSpan());
        }

        return new AdapterMerge(folder, numbers, untied);

        float[] Changed(string name, bool isHead)
        {
            double[] values = used[name].Stored!.ToDoubles();
            foreach (var adapted in change.Adapted.Where(a => a.Weight.Name == name && a.IsHead == isHead))
            {
                adapted.Fold(values);
            }

            return Array.ConvertAll(values, v => (float)v);
        }
    }

    /// <summary>Writes the folder: files, shards and types as they were, but for a tie that is gone.</summary>
    /// <param name="to">Where to; it is made.</param>
    /// <exception cref="NonsmoothException">A file cannot be written.</exception>
    public void Write(string to)
    {
        Folder.Save(to, Numbers);
        if (Untied.Count > 0)
        {
            HuggingFaceFolder.Reading(to, () =>
            {
                FolderWriter.Untie(to, Untied);
                return true;
            });
        }
    }
}
