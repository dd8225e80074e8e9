using Nonsmooth.Data.Arrays;
using Nonsmooth.Programs;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.HuggingFace;

/// <summary>What changes a network while it is built on a folder's tensors, as an adapter does. It serves one import.</summary>
/// <remarks>With a change, what it adds is trained and the folder's own weights are not.</remarks>
public abstract class FolderChange
{
    private protected FolderChange()
    {
    }

    /// <summary>The weight in the place of one of the folder's; null to leave that.</summary>
    /// <param name="builder">The network under construction.</param>
    /// <param name="tensor">The name that the architecture has for it.</param>
    /// <param name="sizes">Its shape.</param>
    /// <param name="own">What the folder has there, or in the embedding's place where a tied head asks for a weight of its own; null where it has no weights.</param>
    internal abstract FolderWeight? Instead(FolderBuilder builder, string tensor, int[] sizes, StoredTensor? own);

    /// <summary>Whether a table that it holds in the place of the folder's is not a tied head's.</summary>
    internal abstract bool IsHeldApart(FolderBuilder builder, string tensor);

    /// <summary>What a linear layer makes.</summary>
    internal abstract Variable Linear(FolderBuilder builder, FolderLinear layer);

    /// <summary>The rows of a table.</summary>
    internal abstract Variable Embedding(FolderBuilder builder, Variable table, Variable indices);

    /// <summary>Hears that all is built.</summary>
    /// <exception cref="FolderException">Something is left over.</exception>
    internal abstract void Finish(FolderBuilder builder);
}

/// <summary>A linear layer as it is built.</summary>
/// <param name="Module">Its name, with the prefix of the architecture.</param>
/// <param name="Input">[…, inputs].</param>
/// <param name="Weight">[outputs, inputs], or transposed.</param>
/// <param name="Bias">[outputs]; null for none.</param>
/// <param name="IsTransposed">Whether the weight is [inputs, outputs], as GPT-2's.</param>
internal sealed record FolderLinear(string Module, Variable Input, Variable Weight, Variable? Bias, bool IsTransposed)
{
    /// <summary>Whether it is the last layer, which makes what the loss is of.</summary>
    public bool IsHead { get; init; }

    /// <summary>Of a head that is tied, the name of the embedding's table; null where it has a weight of its own.</summary>
    public string? Tied { get; init; }

    public int Inputs => Weight.Shape[IsTransposed ? 0 : 1];

    public int Outputs => Weight.Shape[IsTransposed ? 1 : 0];

    /// <summary>What it makes of an input, without its bias.</summary>
    public Variable Product(Variable x) => IsTransposed ? F.MatMul(x, Weight) : F.Linear(x, Weight);

    /// <summary>What it makes.</summary>
    public Variable Output() => !IsTransposed ? F.Linear(Input, Weight, Bias) : Bias is null ? Product(Input) : F.Add(Product(Input), Bias);
}
