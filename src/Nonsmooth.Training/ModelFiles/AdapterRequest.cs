using Nonsmooth.Data.Arrays;
using Nonsmooth.Pretrained.Adapters;
using Nonsmooth.Pretrained.HuggingFace;

namespace Nonsmooth.Training.ModelFiles;

/// <summary>A LoRA adapter that is put on a folder's network, and alone is trained.</summary>
/// <param name="Text">The adapter's folder, or what a new one is, as <c>r=8,alpha=16,targets=q_proj,v_proj</c>; see <see cref="AdapterText"/>.</param>
/// <param name="Dora">What the gradient of a DoRA adapter is. Default PEFT's, which is not the derivative.</param>
public sealed record AdapterRequest(string Text, DoraGradient Dora = DoraGradient.Peft)
{
    /// <summary>Whether it is still to be trained.</summary>
    public bool IsNew => AdapterText.Is(Text);

    /// <summary>Refuses an adapter on a model that takes none.</summary>
    /// <exception cref="NonsmoothException">There is one.</exception>
    internal static void Refuse(AdapterRequest? adapter, string model)
    {
        if (adapter is not null)
        {
            throw new NonsmoothException($"adapters are for HuggingFace's folders, '{model}' is none: leave --adapter out, or give --lora to train low-rank adapters of the library's own");
        }
    }

    /// <summary>Folds the adapter into its folder.</summary>
    /// <param name="folder">The network's folder.</param>
    /// <param name="to">The folder that is written.</param>
    /// <returns>What there is to say, a sentence each.</returns>
    /// <exception cref="NonsmoothException">The adapter is new or does not fit, or a file cannot be written.</exception>
    public IReadOnlyList<string> Merge(string folder, string to)
    {
        if (IsNew)
        {
            throw new NonsmoothException($"adapter '{Text}' is still to be trained: give the folder of one to merge");
        }

        if (!HuggingFaceFolder.Is(folder))
        {
            Refuse(this, folder);
        }

        var merged = AdapterMerge.Of(HuggingFaceFolder.Open(folder), Adapter.Read(Text));
        merged.Write(to);
        return merged.Notes;
    }

    /// <summary>The adapter.</summary>
    internal Adapter Open(string folder) => IsNew ? Adapter.New(Text, folder) : Adapter.Read(Text);

    /// <summary>Writes the adapter's folder with other numbers.</summary>
    /// <param name="folder">The network's folder.</param>
    /// <param name="numbers">Numbers by the names of weights; those of the network's own are passed over.</param>
    /// <param name="to">The folder that is written.</param>
    internal void Save(string folder, IReadOnlyDictionary<string, float[]> numbers, string to)
    {
        var adapter = Open(folder);
        var change = new AdapterChange(adapter);
        var tensors = HuggingFaceFolder.Open(folder).Smallest(change).Weights
            .Where(w => w.Role == Programs.InputRole.Parameter && numbers.ContainsKey(w.Name))
            .ToDictionary(w => w.Name, w => StoredTensor.Of<float>(numbers[w.Name], [.. w.Shape.Select(s => (long)s)]), StringComparer.Ordinal);
        adapter.Write(to, tensors, change.IsFanInFanOut);
    }
}
