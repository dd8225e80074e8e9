using Nonsmooth.Data.Arrays;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.HuggingFace;

/// <summary>Builds a network on the tensors of a folder: each is asked for by its name and shape, and none may be left.</summary>
internal sealed class FolderBuilder(FolderConfig config, IReadOnlyDictionary<string, StoredTensor> tensors, string prefix)
{
    // Buffers that older versions of the library stored, and that are computed.
    private static readonly string[] _computed = [".attn.bias", ".attn.masked_bias", ".rotary_emb.inv_freq", ".position_ids"];

    private readonly Dictionary<string, Variable> _made = new(StringComparer.Ordinal);
    private readonly List<FolderWeight> _weights = [];

    /// <summary>Where functions are applied.</summary>
    public ProgramBuilder Builder { get; } = new();

    /// <summary>What the folder says of the network.</summary>
    public FolderConfig Config => config;

    /// <summary>The weights that were asked for, in order.</summary>
    public IReadOnlyList<FolderWeight> Weights => _weights;

    /// <summary>Whether there is a tensor of a name.</summary>
    public bool Has(string name) => Key(name) is not null;

    /// <summary>A weight by its name, with the prefix of the architecture whether the file has that or not.</summary>
    /// <exception cref="FolderException">There is none, or it has another shape.</exception>
    public Variable Weight(string name, params int[] sizes)
    {
        string key = Key(name) ?? throw new FolderException($"it has no tensor '{name}' [{string.Join(", ", sizes)}]{Nearest.Question(name, tensors.Keys)}");
        if (_made.TryGetValue(key, out var made))
        {
            return made;
        }

        var stored = tensors[key];
        if (!stored.IsReal || !stored.Shape.SequenceEqual(sizes.Select(s => (long)s)))
        {
            throw new FolderException($"its tensor '{key}' is [{string.Join(", ", stored.Shape)}] of {stored.Type}, and config.json makes it [{string.Join(", ", sizes)}]");
        }

        _weights.Add(new FolderWeight(key, stored));
        return _made[key] = Builder.Input(key, TensorType.Real(new Shape(sizes)), InputRole.Parameter);
    }

    /// <summary>A linear layer, its weight [outputs, inputs].</summary>
    public Variable Linear(string name, Variable x, int outputs, bool bias) =>
        F.Linear(x, Weight($"{name}.weight", outputs, x.Shape[^1]), bias ? Weight($"{name}.bias", outputs) : null);

    /// <summary>A linear layer of GPT-2, its weight [inputs, outputs].</summary>
    public Variable Conv1D(string name, Variable x, int outputs) => F.Add(F.MatMul(x, Weight($"{name}.weight", x.Shape[^1], outputs)), Weight($"{name}.bias", outputs));

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

    /// <summary>Says that all is built.</summary>
    /// <exception cref="FolderException">A tensor is left over: the folder is of another network.</exception>
    public void Finish(params string[] stale)
    {
        string[] left = [.. tensors.Keys.Where(k => !_made.ContainsKey(k) && !_computed.Any(c => k.EndsWith(c, StringComparison.Ordinal)) && !stale.Contains(k)).Order(StringComparer.Ordinal)];
        if (left.Length > 0)
        {
            throw new FolderException($"it has {(left.Length == 1 ? "a tensor" : $"{left.Length} tensors")} that a {config.ModelType} has not: {string.Join(", ", left.Take(3))}{(left.Length > 3 ? ", …" : "")}");
        }
    }

    private string? Key(string name) => tensors.ContainsKey(name) ? name
        : name.StartsWith(prefix, StringComparison.Ordinal) && tensors.ContainsKey(name[prefix.Length..]) ? name[prefix.Length..]
        : null;
}
