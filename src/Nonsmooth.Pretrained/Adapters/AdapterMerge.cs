using Nonsmooth.Data.Arrays;
using Nonsmooth.Pretrained.HuggingFace;

namespace Nonsmooth.Pretrained.Adapters;

/// <summary>A folder's tensors with an adapter folded into them, which make the same function without it.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Tensors">Its tensors, changed, in the types that they were stored in; computed in 64 bits.</param>
/// <param name="IsUntied">Whether the head was tied to the embedding and is not any more, for the adapter changes one of them only.</param>
public sealed record AdapterMerge(string Folder, IReadOnlyDictionary<string, StoredTensor> Tensors, bool IsUntied)
{
    /// <summary>What there is to say, a sentence each.</summary>
    public IReadOnlyList<string> Notes => IsUntied
        ? ["warning: the head is tied to the embedding, and the adapter changes one of the two: what is merged holds both and is tied no longer. PEFT merges into the tied tensor, which makes another function"]
        : [];

    /// <summary>Folds an adapter into a folder's tensors: W + s·B·A, with DoRA m/‖W + s·B·A‖ ∘ (W + s·B·A), and what the adapter holds in the place of weights.</summary>
    /// <exception cref="NonsmoothException">The adapter does not fit the folder, or weights are of a type that nothing is rounded to.</exception>
    public static AdapterMerge Of(string folder, Adapter adapter)
    {
        var change = new AdapterChange(adapter);
        var used = HuggingFaceFolder.Import(folder, 1, 2, false, change).Weights.ToDictionary(w => w.Name, w => w.Stored, StringComparer.Ordinal);
        var (head, weight) = change.Head;
        var merged = new Dictionary<string, StoredTensor>(StringComparer.Ordinal);
        foreach (var (key, tensor) in HuggingFaceFolder.Tensors(folder))
        {
            string name = change.Replaced.FirstOrDefault(r => r.Key == key || r.Key.EndsWith("." + key, StringComparison.Ordinal)).Value ?? key;
            merged[key] = used.ContainsKey(name) ? Changed(name, name == weight && head?.Tied is null) : tensor;
        }

        if (head?.Tied is null)
        {
            return new AdapterMerge(folder, merged, false);
        }

        var (first, last) = (Changed(change.Tables[head.Tied], false), Changed(weight, true));
        if (first.Bytes.Span.SequenceEqual(last.Bytes.Span))
        {
            return new AdapterMerge(folder, merged, false);
        }

        merged[$"{head.Module}.weight"] = last;
        return new AdapterMerge(folder, merged, true);

        StoredTensor Changed(string name, bool isHead) => change.Adapted.Where(a => a.Weight == name && a.IsHead == isHead).Aggregate(used[name], Fold);
    }

    /// <summary>Writes the folder: configuration and tokenizer as they were, but for a tie that is gone, and the tensors.</summary>
    /// <param name="to">Where to; it is made.</param>
    /// <exception cref="NonsmoothException">A file cannot be written.</exception>
    public void Write(string to) => FolderCopy.Write(Folder, to, Tensors, IsUntied);

    /// <summary>The length of each output's row of a weight.</summary>
    internal static StoredTensor Lengths(StoredTensor weight, bool isTransposed)
    {
        float[] lengths = Array.ConvertAll(Squares(weight.ToDoubles(), Inputs(weight, isTransposed), isTransposed), s => (float)Math.Sqrt(s));
        return StoredTensor.Of<float>(lengths, lengths.Length);
    }

    private static int Inputs(StoredTensor weight, bool isTransposed) => checked((int)weight.Shape[isTransposed ? 0 : 1]);

    private static StoredTensor Fold(StoredTensor weight, AdaptedWeight adapted)
    {
        double[] values = weight.ToDoubles(), a = adapted.First.ToDoubles(), b = adapted.Second.ToDoubles();
        int inputs = Inputs(weight, adapted.IsTransposed), outputs = values.Length / inputs;
        if (adapted.IsTransposed)
        {
            // s·Aᵀ·Bᵀ is the same product with the two the other way round.
            LowRankUpdate.AddTo(values, outputs, 0, Turned(b, outputs), Turned(a, a.Length / inputs), adapted.Scale);
        }
        else
        {
            LowRankUpdate.AddTo(values, inputs, 0, a, b, adapted.Scale);
        }

        if (adapted.Magnitude is { } magnitude)
        {
            double[] lengths = magnitude.ToDoubles(), squares = Squares(values, inputs, adapted.IsTransposed);
            for (int i = 0; i < values.Length; i++)
            {
                int output = adapted.IsTransposed ? i % outputs : i / inputs;
                values[i] *= lengths[output] / Math.Sqrt(squares[output]);
            }
        }

        return StoredTensor.Rounded(weight.Type, values, weight.Shape.AsSpan());
    }

    private static double[] Squares(double[] weight, int inputs, bool isTransposed)
    {
        double[] sums = new double[weight.Length / inputs];
        for (int i = 0; i < weight.Length; i++)
        {
            sums[isTransposed ? i % sums.Length : i / inputs] += weight[i] * weight[i];
        }

        return sums;
    }

    // A matrix of so many rows, transposed.
    private static double[] Turned(double[] matrix, int rows)
    {
        int columns = matrix.Length / rows;
        double[] turned = new double[matrix.Length];
        for (int i = 0; i < matrix.Length; i++)
        {
            turned[((i % columns) * rows) + (i / columns)] = matrix[i];
        }

        return turned;
    }
}
