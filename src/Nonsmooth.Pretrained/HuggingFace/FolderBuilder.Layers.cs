using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.HuggingFace;

/// <summary>Layers on the weights of a folder.</summary>
internal sealed partial class FolderBuilder
{
    /// <summary>A linear layer, its weight [outputs, inputs].</summary>
    public Variable Linear(string name, Variable x, int outputs, bool bias) =>
        Changed(Plain(name, x, outputs, bias));

    /// <summary>A linear layer of GPT-2, its weight [inputs, outputs].</summary>
    public Variable Conv1D(string name, Variable x, int outputs) =>
        Changed(new FolderLinear(name, x, Weight($"{name}.weight", x.Shape[^1], outputs), Weight($"{name}.bias", outputs), true));

    /// <summary>A norm of the last axis.</summary>
    public Variable LayerNorm(string name, Variable x, double epsilon) => F.LayerNorm(x, Weight($"{name}.weight", x.Shape[^1]), Weight($"{name}.bias", x.Shape[^1]), epsilon);

    /// <summary>An activation by the library's name.</summary>
    /// <exception cref="FolderException">It is none of those.</exception>
    public static Variable Activation(string name, Variable x) => name switch
    {
        "silu" or "swish" => F.Silu(x),
        "gelu" => F.Gelu(x, false),
        "gelu_new" or "gelu_pytorch_tanh" or "gelu_fast" or "gelu_accurate" => F.Gelu(x, true),
        "relu" => F.Relu(x),
        "tanh" => F.Tanh(x),
        _ => throw new FolderException($"its activation '{name}' is none of silu, gelu, gelu_new, gelu_pytorch_tanh, relu and tanh"),
    };

    /// <summary>The table of embeddings, which may be stored as the head's weight too, or only, where the two are tied.</summary>
    /// <param name="name">The table's name.</param>
    /// <param name="head">The name of the head's weight.</param>
    /// <param name="isTied">Whether they are tied where the configuration does not say.</param>
    /// <param name="sizes">Tokens and width.</param>
    public Variable Words(string name, string head, bool isTied, params int[] sizes) => IsTied(isTied) ? Twin(name, [head], sizes) : Weight(name, sizes);

    /// <summary>The rows of a table of positions for the first tokens.</summary>
    /// <param name="name">The table's name.</param>
    /// <param name="length">How many tokens there are, at most as many as positions.</param>
    /// <param name="positions">How many rows the table has.</param>
    /// <param name="width">The numbers of a row.</param>
    public Variable Places(string name, int length, int positions, int width)
    {
        var places = Weight(name, positions, width);
        return length == positions ? places : places.Slice(0, 0, length);
    }

    /// <summary>Refuses more tokens than a network takes.</summary>
    public static void RequireTokens(int length, int most)
    {
        if (length > most)
        {
            throw new FolderException($"it takes {most} tokens, and {length} are given");
        }
    }

    /// <summary>The rows of a table.</summary>
    public Variable Embedding(Variable table, Variable indices) => change?.Embedding(this, table, indices) ?? F.Embedding(table, indices);

    /// <summary>Logits over a vocabulary: by the table where head and embedding are tied, else by a weight of the head's own.</summary>
    public Variable Logits(Variable x, Variable table, string head, bool isTied, Variable? bias = null)
    {
        string? tied = IsTied(isTied) ? NameOf(table) : null;
        var weight = tied is null ? Weight(head, table.Shape[0], table.Shape[1]) : change is null ? table : Tied(table, tied, head);
        return Changed(new FolderLinear(head[..head.LastIndexOf('.')], x, weight, bias, false) { IsHead = true, Tied = tied });
    }

    /// <summary>Logits of every token over a vocabulary, and their loss.</summary>
    public FolderNetwork Vocabulary(Variable logits) => FolderNetwork.Of(logits, (made, labels) => ClassLoss.Of(config, made, labels));

    /// <summary>A linear classifier of [N, W] or [N, T, W] over the labels of the configuration, and its loss.</summary>
    public FolderNetwork Classifier(string name, Variable x)
    {
        string? head = x.Shape.Rank == 2 ? name : null;
        return WithoutHead && head is not null ? new FolderNetwork([(FolderProgram.Features, x)]) { Head = head }
            : FolderNetwork.Of(Changed(Plain(name, x, config.Labels, true) with { IsHead = true }), (logits, labels) => ClassLoss.Of(config, logits, labels)) with { Head = head };
    }

    private FolderLinear Plain(string name, Variable x, int outputs, bool bias) =>
        new(name, x, Weight($"{name}.weight", outputs, x.Shape[^1]), bias ? Weight($"{name}.bias", outputs) : null, false);

    private Variable Changed(FolderLinear layer) => change?.Linear(this, layer) ?? layer.Output();

    // A change may hold a weight of the head's own; where it holds one in the embedding's place, the head keeps the table that the network had.
    private Variable Tied(Variable table, string name, string head)
    {
        int[] sizes = [.. table.Shape];
        string key = Key(name) ?? Key(head)!;
        return change!.Instead(this, head, sizes, tensors?[key]) is { } own ? Add(own, head) : change.IsHeldApart(this, name) ? Own(key, name, InputRole.Parameter, sizes) : table;
    }

    private bool IsTied(bool otherwise) => config.Flag("tie_word_embeddings", otherwise);
}
