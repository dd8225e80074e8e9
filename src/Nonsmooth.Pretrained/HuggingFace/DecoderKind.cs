namespace Nonsmooth.Pretrained.HuggingFace;

/// <summary>What tells the decoders with rotary positions apart.</summary>
/// <param name="ModelType">The name in <c>config.json</c>.</param>
internal sealed record DecoderKind(string ModelType)
{
    public static IReadOnlyList<DecoderKind> All { get; } =
    [
        new("llama"), new("mistral") { Windows = WindowKind.Every }, new("qwen2") { HasQueryBias = true, Windows = WindowKind.Listed },
        new("qwen3") { HasHeadNorms = true, Windows = WindowKind.Listed },
        new("gemma") { IsGemma = true, TiesByDefault = true, Activation = "gelu_pytorch_tanh" },
        new("gemma2") { IsGemma = true, TiesByDefault = true, Activation = "gelu_pytorch_tanh", NormsAfter = true, Windows = WindowKind.EveryOther },
    ];

    /// <summary>Whether queries, keys and values have biases whatever the configuration says.</summary>
    public bool HasQueryBias { get; init; }

    /// <summary>Whether each head's queries and keys are normalised.</summary>
    public bool HasHeadNorms { get; init; }

    /// <summary>Whether norms have the weight 1 + w, and the embedding is multiplied by the root of the width.</summary>
    public bool IsGemma { get; init; }

    /// <summary>Whether there are norms behind attention and MLP too.</summary>
    public bool NormsAfter { get; init; }

    /// <summary>Whether the head is the embedding where the configuration does not say.</summary>
    public bool TiesByDefault { get; init; }

    /// <summary>The activation where the configuration does not say.</summary>
    public string Activation { get; init; } = "silu";

    /// <summary>Which layers have windows.</summary>
    public WindowKind Windows { get; init; }

    /// <summary>The window of a layer; null for none.</summary>
    public int? Window(FolderConfig config, int layer)
    {
        if (config.SizeOrNull("sliding_window") is not { } window || Windows == WindowKind.None)
        {
            return null;
        }

        bool isListed = config.Texts("layer_types") is { Count: > 0 } types
            ? layer < types.Count && types[layer] == "sliding_attention"
            : Windows switch
            {
                WindowKind.Every => true,
                WindowKind.EveryOther => layer % 2 == 0,
                _ => config.Flag("use_sliding_window", false) && layer >= config.Size("max_window_layers", 28),
            };
        return isListed ? window : null;
    }
}

/// <summary>Which layers of an architecture look at a window only, where the configuration does not list them.</summary>
internal enum WindowKind
{
    /// <summary>None.</summary>
    None,

    /// <summary>All.</summary>
    Every,

    /// <summary>The first, the third, ….</summary>
    EveryOther,

    /// <summary>Those behind a number, if at all.</summary>
    Listed,
}
