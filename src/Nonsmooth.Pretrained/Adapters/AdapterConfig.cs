using System.Text.Json;
using System.Text.Json.Nodes;
using Nonsmooth.Pretrained.HuggingFace;

namespace Nonsmooth.Pretrained.Adapters;

/// <summary>Which biases an adapter trains.</summary>
public enum AdapterBias
{
    /// <summary>None.</summary>
    None,

    /// <summary>Every bias of the network.</summary>
    All,

    /// <summary>Those of the layers that it adapts.</summary>
    LoraOnly,
}

/// <summary>What <c>adapter_config.json</c> says of an adapter, as PEFT writes it. Fields that change nothing here are kept and not looked at.</summary>
public sealed class AdapterConfig
{
    // What would make another network of the same tensors. A field is off where it is null, false, empty or absent.
    private static readonly string[] _refused =
    [
        "alora_invocation_tokens", "arrow_config", "corda_config", "kasa_config", "layer_replication", "lora_ga_config", "monteclora_config", "target_parameters",
        "trainable_token_indices", "use_bdlora", "use_qalora", "velora_config", "lora_bias", "ensure_weight_tying",
    ];

    private static readonly string[] _starts = ["gaussian", "eva", "orthogonal"];

    private readonly FolderConfig _fields;

    private AdapterConfig(ReadOnlyMemory<byte> json)
    {
        (Json, _fields) = (json, FolderConfig.Read(json, Adapter.ConfigFile));
        if (_fields.TextOrNull("peft_type") is not "LORA")
        {
            throw Wrong($"is a {_fields.TextOrNull("peft_type") ?? "adapter without peft_type"}: LORA is read");
        }

        if (_refused.FirstOrDefault(IsOn) is { } other)
        {
            throw Wrong($"has {other}, which is not read: merge that adapter in Python (merge_and_unload) and give the folder");
        }

        if (_fields.Find("init_lora_weights") is { ValueKind: JsonValueKind.String } start && !_starts.Contains(start.GetString()))
        {
            throw Wrong($"has init_lora_weights {start.GetString()}, which changes the base weights too: convert it in Python (path_initial_model_for_weight_conversion), or merge it");
        }

        Rank = _fields.Size("r", 8);
        Alpha = Positive("lora_alpha", _fields.Number("lora_alpha", 8));
        Dropout = _fields.Number("lora_dropout", 0) is var dropout and >= 0 and < 1 ? dropout : throw Wrong("has a lora_dropout that is not in [0, 1)");
        IsRankStabilised = _fields.Flag("use_rslora", false);
        IsDora = _fields.Flag("use_dora", false);
        IsFanInFanOut = _fields.Flag("fan_in_fan_out", false);
        Bias = (_fields.TextOrNull("bias") ?? "none") switch
        {
            "none" => AdapterBias.None,
            "all" => AdapterBias.All,
            "lora_only" => AdapterBias.LoraOnly,
            var bias => throw Wrong($"has bias '{bias}': none, all or lora_only"),
        };
        ModulesToSave = Names("modules_to_save");
        RankPattern = Pattern("rank_pattern", (part, name) => part.Size(name));
        AlphaPattern = Pattern("alpha_pattern", (part, name) => Positive($"alpha_pattern of '{name}'", part.Number(name, double.NaN)));
        Targets = new AdapterTargets(
            _fields.TextOrNull("target_modules"), Names("target_modules"), _fields.TextOrNull("exclude_modules"), Names("exclude_modules"), ModulesToSave,
            Layers(), _fields.TextOrNull("layers_pattern") is { Length: > 0 } one ? [one] : Names("layers_pattern"));
    }

    /// <summary>The text itself.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>The rank where no pattern says another.</summary>
    public int Rank { get; }

    /// <summary>α where no pattern says another.</summary>
    public double Alpha { get; }

    /// <summary>The probability with which training drops an element on its way to A, in [0, 1).</summary>
    public double Dropout { get; }

    /// <summary>Whether the factor is α/√r and not α/r.</summary>
    public bool IsRankStabilised { get; }

    /// <summary>Whether the weights' rows are scaled to a trained length.</summary>
    public bool IsDora { get; }

    /// <summary>Whether the layers hold their weights [inputs, outputs], as GPT-2's do.</summary>
    public bool IsFanInFanOut { get; }

    /// <summary>Which biases it trains.</summary>
    public AdapterBias Bias { get; }

    /// <summary>Modules that it holds and trains whole, by the ends of their names.</summary>
    public IReadOnlyList<string> ModulesToSave { get; }

    /// <summary>Ranks by patterns of modules.</summary>
    public IReadOnlyDictionary<string, int> RankPattern { get; }

    /// <summary>α by patterns of modules.</summary>
    public IReadOnlyDictionary<string, double> AlphaPattern { get; }

    /// <summary>Which modules it adapts.</summary>
    internal AdapterTargets Targets { get; }

    /// <summary>Reads the text of a configuration.</summary>
    /// <exception cref="FolderException">It is no such, or asks for what is not read; the message names the field.</exception>
    public static AdapterConfig Read(ReadOnlyMemory<byte> json) => new(json);

    /// <summary>The rank of a module.</summary>
    public int RankOf(string module) => AdapterTargets.Find(RankPattern, module) is (true, var rank) ? rank : Rank;

    /// <summary>The factor of a module: α/r, or α/√r.</summary>
    public double ScaleOf(string module)
    {
        double alpha = AdapterTargets.Find(AlphaPattern, module) is (true, var own) ? own : Alpha;
        return alpha / (IsRankStabilised ? Math.Sqrt(RankOf(module)) : RankOf(module));
    }

    /// <summary>Whether a module is held whole.</summary>
    public bool Saves(string module) => AdapterTargets.IsWithin(ModulesToSave, module);

    /// <summary>The text with a truth value in it changed.</summary>
    internal ReadOnlyMemory<byte> With(string field, bool value)
    {
        var changed = JsonNode.Parse(Json.Span)!.AsObject();
        changed[field] = value;
        return JsonSerializer.SerializeToUtf8Bytes(changed, AdapterText.Written);
    }

    private static FolderException Wrong(string what) => new($"its {Adapter.ConfigFile} {what}");

    private static double Positive(string name, double value) => value > 0 && double.IsFinite(value) ? value : throw Wrong($"has a {name} that is no number above 0");

    private bool IsOn(string field) => _fields.Find(field) is { } value && value.ValueKind switch
    {
        JsonValueKind.False => false,
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.Object => value.EnumerateObject().Any(),
        _ => true,
    };

    private IReadOnlyList<string> Names(string field) => _fields.Find(field) switch
    {
        null or { ValueKind: JsonValueKind.String } => [],
        { ValueKind: JsonValueKind.Array } list when list.EnumerateArray().All(n => n.ValueKind == JsonValueKind.String) => _fields.Texts(field),
        _ => throw Wrong($"has {field} that are no names"),
    };

    private IReadOnlyList<int>? Layers()
    {
        var field = _fields.Find("layers_to_transform");
        JsonElement[] numbers = field switch { null => [], { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray()], { } one => [one] };
        return numbers.Length == 0 ? null
            : [.. numbers.Select(n => n.ValueKind == JsonValueKind.Number && n.TryGetInt32(out int layer) && layer >= 0 ? layer : throw Wrong("has layers_to_transform that are no layers"))];
    }

    private Dictionary<string, T> Pattern<T>(string field, Func<FolderConfig, string, T> value) => _fields.Find(field) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Object } when _fields.Part(field) is { } part => part.Names.ToDictionary(n => n, n => value(part, n), StringComparer.Ordinal),
        _ => throw Wrong($"has a {field} that is no object"),
    };
}
