using Nonsmooth.Data.Arrays;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.HuggingFace;

/// <summary>Builds a network on the tensors of a folder: each is asked for by its name and shape, and none may be left.</summary>
internal sealed class FolderBuilder(FolderConfig config, IReadOnlyDictionary<string, StoredTensor> tensors, string prefix, FolderChange? change = null)
{
    // Buffers that older versions of the library stored, and that are computed.
    private static readonly string[] _computed = [".attn.bias", ".attn.masked_bias", ".rotary_emb.inv_freq", ".position_ids"];

    private readonly Dictionary<string, Variable> _made = new(StringComparer.Ordinal);
    private readonly List<FolderWeight> _weights = [];
    private readonly HashSet<string> _replaced = new(StringComparer.Ordinal);

    /// <summary>Where functions are applied.</summary>
    public ProgramBuilder Builder { get; } = new();

    /// <summary>What the folder says of the network.</summary>
    public FolderConfig Config => config;

    /// <summary>What the names of the network without its head begin with.</summary>
    public string Prefix => prefix;

    /// <summary>The weights that were asked for, in order.</summary>
    public IReadOnlyList<FolderWeight> Weights => _weights;

    /// <summary>Whether there is a tensor of a name.</summary>
    public bool Has(string name) => Key(name) is not null;

    /// <summary>A weight by its name, with the prefix of the architecture whether the file has that or not.</summary>
    /// <exception cref="FolderException">There is none, or it has another shape.</exception>
    public Variable Weight(string name, params int[] sizes) => Weight(name, false, sizes);

    /// <summary>A weight that is not the folder's.</summary>
    /// <exception cref="FolderException">It has another shape.</exception>
    public Variable Add(FolderWeight weight, params int[] sizes)
    {
        if (_made.TryGetValue(weight.Name, out var made))
        {
            return made;
        }

        if (!weight.Stored.IsReal || !weight.Stored.Shape.SequenceEqual(sizes.Select(s => (long)s)))
        {
            throw new FolderException($"its tensor '{weight.Name}' is [{string.Join(", ", weight.Stored.Shape)}] of {weight.Stored.Type}, and config.json makes it [{string.Join(", ", sizes)}]");
        }

        _weights.Add(weight);
        return _made[weight.Name] = Builder.Input(weight.Name, TensorType.Real(new Shape(sizes)), InputRole.Parameter);
    }

    /// <summary>The weight that an input of the program is.</summary>
    public FolderWeight WeightOf(Variable input) => _weights.First(w => _made[w.Name].Id == input.Id);

    /// <summary>A linear layer, its weight [outputs, inputs].</summary>
    public Variable Linear(string name, Variable x, int outputs, bool bias) =>
        Changed(new FolderLinear(name, x, Weight($"{name}.weight", outputs, x.Shape[^1]), bias ? Weight($"{name}.bias", outputs) : null, false));

    /// <summary>A linear layer of GPT-2, its weight [inputs, outputs].</summary>
    public Variable Conv1D(string name, Variable x, int outputs) =>
        Changed(new FolderLinear(name, x, Weight($"{name}.weight", x.Shape[^1], outputs), Weight($"{name}.bias", outputs), true));

    /// <summary>The rows of a table.</summary>
    public Variable Embedding(string name, Variable indices, int rows, int width)
    {
        var table = Weight($"{name}.weight", rows, width);
        return change?.Embedding(this, name, table, indices) ?? F.Embedding(table, indices);
    }

    /// <summary>The last linear layer of a language model, without bias.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="x">What it takes.</param>
    /// <param name="outputs">What it makes.</param>
    /// <param name="tied">The embedding whose table is its weight; null where it has its own.</param>
    public Variable Head(string name, Variable x, int outputs, string? tied)
    {
        int inputs = x.Shape[^1];
        var own = tied is null ? null : change?.Instead(this, $"{name}.weight", false, Key($"{tied}.weight") is { } table ? tensors[table] : null);
        var weight = own is not null ? Add(own, outputs, inputs) : tied is null ? Weight($"{name}.weight", outputs, inputs) : Weight($"{tied}.weight", true, outputs, inputs);
        return Changed(new FolderLinear(name, x, weight, null, false) { IsHead = true, Tied = tied });
    }

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
        string[] left = [.. tensors.Keys.Where(k => !_made.ContainsKey(k) && !_replaced.Contains(k) && !_computed.Any(c => k.EndsWith(c, StringComparison.Ordinal)) && !stale.Contains(k)).Order(StringComparer.Ordinal)];
        if (left.Length > 0)
        {
            throw new FolderException($"it has {(left.Length == 1 ? "a tensor" : $"{left.Length} tensors")} that a {config.ModelType} has not: {string.Join(", ", left.Take(3))}{(left.Length > 3 ? ", …" : "")}");
        }

        change?.Finish(this);
    }

    private Variable Weight(string name, bool isShared, params int[] sizes)
    {
        string? key = Key(name);
        if (change?.Instead(this, name, isShared, key is null ? null : tensors[key]) is { } other)
        {
            _replaced.Add(key ?? name);
            return Add(other, sizes);
        }

        return key is null
            ? throw new FolderException($"it has no tensor '{name}' [{string.Join(", ", sizes)}]{Nearest.Question(name, tensors.Keys)}")
            : Add(new FolderWeight(key, tensors[key]) { IsTrained = change is null }, sizes);
    }

    private Variable Changed(FolderLinear layer) => change?.Linear(this, layer) ?? layer.Output();

    private string? Key(string name) => tensors.ContainsKey(name) ? name
        : name.StartsWith(prefix, StringComparison.Ordinal) && tensors.ContainsKey(name[prefix.Length..]) ? name[prefix.Length..]
        : null;
}
