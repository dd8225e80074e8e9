using Nonsmooth.Data.Arrays;

namespace Nonsmooth.Training.Networks;

/// <summary>
/// Low-rank adapters on linear layers: y = x·Wᵀ + b + (α/r)·drop(x)·Aᵀ·Bᵀ, where only A [r, inputs] and B [outputs, r]
/// are trained.
/// </summary>
/// <param name="Rank">r, at least 1. Default 4.</param>
/// <param name="Alpha">α, a finite number above 0. Default 32.</param>
/// <param name="Dropout">The probability with which an element of x is dropped on its way to A, in [0, 1). Default 0.1.</param>
/// <param name="On">
/// Which linear layers, separated by commas: a name or its end (<c>attn.c_attn</c>), with <c>*</c> for any characters.
/// <c>NAME:k/n</c> adapts the k-th, from 0, of n equal parts of the outputs. Default empty: <see cref="Model.LowRankOn"/>.
/// </param>
/// <remarks>
/// <para>A starts as PyTorch's linear layers do and B at 0, so that the first outputs are those of the network without
/// adapters. Every other parameter is frozen: it gets neither a gradient nor optimizer states. Running means and
/// variances of normalisations follow the batches all the same.</para>
/// <para>Adapters are named <c>LAYER.lora_A</c> and <c>LAYER.lora_B</c>; those of part k <c>LAYER.lora_A.k</c>. Source: Hu et al.,
/// "LoRA: low-rank adaptation of large language models", 2021, section 4.1.</para>
/// </remarks>
public sealed record LowRank(int Rank = 4, double Alpha = 32, double Dropout = 0.1, string On = "")
{
    /// <summary>What stands before A in a layer.</summary>
    internal const string First = "lora_A";

    /// <summary>What stands before B in a layer.</summary>
    internal const string Second = "lora_B";

    /// <summary>α/r.</summary>
    public double Scale => Alpha / Rank;

    /// <summary>Whether a parameter is an adapter, by its name.</summary>
    public static bool IsAdapter(string parameter) =>
        parameter.Contains("." + First, StringComparison.Ordinal) || parameter.Contains("." + Second, StringComparison.Ordinal);

    /// <summary>The weights with the adapters folded in, W + (α/r)·B·A, and without adapters: the same outputs up to rounding.</summary>
    /// <param name="tensors">Weights and adapters by name, as a checkpoint holds them; other tensors stay as they are.</param>
    /// <param name="alpha">α of the run that trained them.</param>
    /// <exception cref="NonsmoothException">An adapter lacks its partner or its weight, or their shapes do not fit.</exception>
    public static IReadOnlyDictionary<string, StoredTensor> Merge(IReadOnlyDictionary<string, StoredTensor> tensors, double alpha) =>
        LowRankMerge.Of(tensors, alpha);

    /// <summary>Refuses what cannot be an adapter.</summary>
    /// <exception cref="NonsmoothException">A number is out of its range, or the layers are malformed.</exception>
    internal void Validate()
    {
        Require(Rank >= 1, $"the rank of adapters is {Rank}: give at least 1");
        Require(Alpha > 0 && double.IsFinite(Alpha), FormattableString.Invariant($"lora-alpha is {Alpha}: give a finite number above 0"));
        Require(Dropout is >= 0 and < 1, FormattableString.Invariant($"lora-dropout is {Dropout}: give a number from 0 to below 1"));
        LowRankTarget.Parse(On);
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new NonsmoothException(message);
        }
    }
}
