using Nonsmooth.Data.Arrays;
using Nonsmooth.Pretrained.Adapters;

namespace Nonsmooth.Training.Networks;

/// <summary>Folds adapters into the weights they adapt.</summary>
internal static class LowRankMerge
{
    public static IReadOnlyDictionary<string, StoredTensor> Of(IReadOnlyDictionary<string, StoredTensor> tensors, double alpha)
    {
        const string mark = "." + LowRank.First;
        var merged = tensors.Where(pair => !LowRank.IsAdapter(pair.Key)).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        foreach (string name in tensors.Keys.Where(name => !name.StartsWith("optimizer.", StringComparison.Ordinal) && LowRank.IsAdapter(name)).Order(StringComparer.Ordinal))
        {
            int at = name.IndexOf(mark, StringComparison.Ordinal);
            if (at < 0)
            {
                Find(tensors, name.Replace("." + LowRank.Second, mark, StringComparison.Ordinal), name);
                continue;
            }

            string layer = name[..at];
            string part = name[(at + mark.Length)..].TrimStart('.');
            string weight = tensors.ContainsKey($"{layer}.weight") ? $"{layer}.weight" : $"{layer}_weight";
            var second = Find(tensors, name.Replace(mark, "." + LowRank.Second, StringComparison.Ordinal), name);
            Find(tensors, weight, name);
            merged[weight] = Fold(merged[weight], tensors[name], second, part.Length == 0 ? 0 : int.Parse(part, System.Globalization.CultureInfo.InvariantCulture), alpha, weight);
        }

        return merged;
    }

    private static StoredTensor Find(IReadOnlyDictionary<string, StoredTensor> tensors, string name, string adapter) => tensors.TryGetValue(name, out var tensor)
        ? tensor
        : throw new NonsmoothException($"adapter '{adapter}' has no '{name}' beside it: use the file that the run saved");

    private static StoredTensor Fold(StoredTensor weight, StoredTensor first, StoredTensor second, int part, double alpha, string name)
    {
        if (weight.Shape is not [long outputs, long inputs] || first.Shape is not [long rank, long firstInputs] || second.Shape is not [long rows, long secondRank]
            || rank < 1 || firstInputs != inputs || secondRank != rank || rows * (part + 1) > outputs)
        {
            throw new NonsmoothException(
                $"the adapters of '{name}', {Text(first)} and {Text(second)}, do not fit its {Text(weight)}: use the file that the run saved");
        }

        double[] folded = weight.ToDoubles();
        LowRankUpdate.AddTo(folded, (int)inputs, (int)(part * rows), first.ToDoubles(), second.ToDoubles(), alpha / rank);
        return StoredTensor.Of<float>(Array.ConvertAll(folded, v => (float)v), outputs, inputs);
    }

    private static string Text(StoredTensor tensor) => string.Join('×', tensor.Shape);
}
