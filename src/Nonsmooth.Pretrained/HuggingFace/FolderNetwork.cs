using Nonsmooth.Programs;

namespace Nonsmooth.Pretrained.HuggingFace;

/// <summary>What an architecture made of a folder.</summary>
/// <param name="Outputs">What the network puts out, by HuggingFace's names.</param>
/// <param name="OwnLoss">The loss that it has of its own, of its first output and labels; null where it has no head.</param>
internal sealed record FolderNetwork(IReadOnlyList<(string Name, Variable Value)> Outputs, Func<Variable, Variable, Variable>? OwnLoss = null)
{
    /// <summary>The name of the classifier of [N, W], in whose place another may stand; null where there is none.</summary>
    public string? Head { get; init; }

    /// <summary>What names of tensors begin with that the library stores and this head does not use.</summary>
    public IReadOnlyList<string> Unused { get; init; } = [];

    /// <summary>A head's logits and loss.</summary>
    public static FolderNetwork Of(Variable logits, Func<Variable, Variable, Variable> loss) => new([("logits", logits)], loss);

    /// <summary>A network without a head.</summary>
    public static FolderNetwork Headless(Variable states, Variable? pooled = null) => new(pooled is null ? [("last_hidden_state", states)] : [("last_hidden_state", states), ("pooler_output", pooled)]);
}
