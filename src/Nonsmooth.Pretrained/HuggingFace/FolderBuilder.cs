using Nonsmooth.Data.Arrays;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Pretrained.HuggingFace;

/// <summary>Builds a network on the tensors of a folder: each is asked for by its name and shape, and none may be left.</summary>
/// <param name="architecture">The kind of network.</param>
/// <param name="config">What the folder says of it.</param>
/// <param name="tensors">The tensors; null where there are none, and every weight is of the shape that it is asked for.</param>
/// <param name="shapes">The shapes of inputs; what is optional and has none is left out.</param>
/// <param name="change">What changes the network, as an adapter; null for nothing.</param>
internal sealed partial class FolderBuilder(FolderArchitecture architecture, FolderConfig config, IReadOnlyDictionary<string, StoredTensor>? tensors, IReadOnlyDictionary<string, IReadOnlyList<int>> shapes, FolderChange? change = null)
{
    // Buffers that older versions of the library stored, and that are computed; and the number of steps, which is no number of the network.
    private static readonly string[] _computed = [".attn.bias", ".attn.masked_bias", ".rotary_emb.inv_freq", ".position_ids", ".num_batches_tracked"];

    private readonly Dictionary<string, Variable> _made = new(StringComparer.Ordinal);
    private readonly List<FolderWeight> _weights = [];

    // What was asked for where each weight is used: the name that the architecture has for it.
    private readonly Dictionary<int, string> _asked = [];
    private readonly HashSet<string> _replaced = new(StringComparer.Ordinal);

    // All inputs stand before the weights.
    private readonly Dictionary<string, Variable> _inputs = [];

    /// <summary>Where functions are applied.</summary>
    public ProgramBuilder Builder { get; } = new();

    /// <summary>What the folder says of the network.</summary>
    public FolderConfig Config => config;

    /// <summary>Whether the network ends with what its classifier takes. Default false.</summary>
    public bool WithoutHead { get; init; }

    /// <summary>What the names of the network without its head begin with.</summary>
    public string Prefix => architecture.Prefix;

    /// <summary>Builds the network.</summary>
    /// <exception cref="FolderException">A shape or a tensor is missing or wrong, or a tensor is left over.</exception>
    public FolderProgram Build()
    {
        foreach (var input in architecture.Inputs(config).Where(i => !i.IsOptional || shapes.ContainsKey(i.Name)))
        {
            var shape = input.Checked(shapes.GetValueOrDefault(input.Name) ?? throw input.Missing());
            _inputs[input.Name] = Builder.Input(input.Name, new TensorType(input.Kind, shape));
        }

        var network = architecture.Build(this);
        if (WithoutHead && network.Head is null)
        {
            throw new FolderException("it has no classifier in whose place another could stand: leave its head as it is");
        }

        RefuseRest(WithoutHead ? [.. network.Unused, $"{network.Head}."] : network.Unused);
        change?.Finish(this);
        return new FolderProgram(config, Builder.Build([.. network.Outputs]), _weights) { OwnLoss = network.OwnLoss, Head = network.Head };
    }

    /// <summary>An input that the network needs.</summary>
    public Variable Input(string name) => _inputs[name];

    /// <summary>An input that was given; null where it was not.</summary>
    public Variable? InputOrNull(string name) => _inputs.GetValueOrDefault(name);

    /// <summary>Whether there is a tensor of a name, or might be.</summary>
    public bool Has(string name) => Key(name) is not null;

    /// <summary>A weight by its name, with the prefix of the architecture whether the file has that or not.</summary>
    /// <exception cref="FolderException">There is none, or it has another shape.</exception>
    public Variable Weight(string name, params int[] sizes) => Stored(name, [], InputRole.Parameter, sizes);

    /// <summary>A weight that may be stored under several names, or under any of them.</summary>
    /// <exception cref="FolderException">There is none, or it has another shape.</exception>
    public Variable Twin(string name, IReadOnlyList<string> others, params int[] sizes) => Stored(name, others, InputRole.Parameter, sizes);

    /// <summary>A state that is not trained.</summary>
    /// <exception cref="FolderException">There is none, or it has another shape.</exception>
    public Variable Buffer(string name, params int[] sizes) => Stored(name, [], InputRole.Buffer, sizes);

    /// <summary>A weight that a change brings.</summary>
    /// <param name="weight">The weight.</param>
    /// <param name="name">The name that the architecture has for it.</param>
    public Variable Add(FolderWeight weight, string name)
    {
        if (!_made.TryGetValue(weight.Name, out var made))
        {
            _weights.Add(weight);
            _made[weight.Name] = made = Builder.Input(weight.Name, TensorType.Real(weight.Shape), weight.Role);
            _asked[made.Id] = name;
        }

        return made;
    }

    /// <summary>The weight that an input of the program is.</summary>
    public FolderWeight WeightOf(Variable input) => _weights.First(w => _made[w.Name].Id == input.Id);

    /// <summary>The name that the architecture has for a weight.</summary>
    public string NameOf(Variable input) => _asked[input.Id];

    private Variable Stored(string name, IReadOnlyList<string> others, InputRole role, int[] sizes)
    {
        string[] twins = [.. others.Select(Key).OfType<string>()];
        string? key = Key(name) ?? twins.FirstOrDefault();
        if (change?.Instead(this, name, sizes, key is null ? null : tensors?[key]) is { } other)
        {
            _replaced.UnionWith([.. twins, key ?? name]);
            return Add(other, name);
        }

        var made = Own(key ?? throw new FolderException($"it has no tensor '{name}' [{string.Join(", ", sizes)}]{Nearest.Question(name, tensors!.Keys)}"), name, role, sizes);
        foreach (string twin in tensors is null ? [] : twins.Where(t => _made.TryAdd(t, made)))
        {
            Fitting(twin, sizes);
            int at = _weights.FindIndex(w => w.Name == key);
            _weights[at] = _weights[at] with { Twins = [.. _weights[at].Twins, twin] };
        }

        return made;
    }

    private Variable Own(string key, string name, InputRole role, int[] sizes) =>
        Add(new FolderWeight(key, new Shape(sizes), Fitting(key, sizes), role == InputRole.Parameter && change is not null ? InputRole.Constant : role), name);

    private StoredTensor? Fitting(string key, int[] sizes) => tensors is null ? null
        : tensors[key] is { IsReal: true } stored && stored.Shape.SequenceEqual(sizes.Select(s => (long)s)) ? stored
        : throw new FolderException($"its tensor '{key}' is [{string.Join(", ", tensors[key].Shape)}] of {tensors[key].Type}, and config.json makes it [{string.Join(", ", sizes)}] of real numbers");

    // What is left over is of another network, but for what the library itself passes over.
    private void RefuseRest(IReadOnlyList<string> unused)
    {
        bool IsUnused(string key) => unused.Any(u => key.StartsWith(u, StringComparison.Ordinal) || (architecture.Prefix + key).StartsWith(u, StringComparison.Ordinal));
        string[] left = [.. (tensors?.Keys ?? []).Where(k => !_made.ContainsKey(k) && !_replaced.Contains(k) && !_computed.Any(c => k.EndsWith(c, StringComparison.Ordinal)) && !IsUnused(k)).Order(StringComparer.Ordinal)];
        if (left.Length > 0)
        {
            throw new FolderException($"it has {(left.Length == 1 ? "a tensor" : $"{left.Length} tensors")} that a {config.ModelType} has not: {string.Join(", ", left.Take(3))}{(left.Length > 3 ? ", …" : "")}{(left.Length == 1 ? Nearest.Question(left[0], _made.Keys) : "")}");
        }
    }

    private string? Key(string name) => tensors is null ? name
        : Named(name) ?? (name.StartsWith(architecture.Prefix, StringComparison.Ordinal) ? Named(name[architecture.Prefix.Length..]) : null);

    // Norms were once called after the letters in their formula.
    private string? Named(string name)
    {
        string old = name.EndsWith(".LayerNorm.weight", StringComparison.Ordinal) ? name[..^6] + "gamma" : name.EndsWith(".LayerNorm.bias", StringComparison.Ordinal) ? name[..^4] + "beta" : name;
        return tensors!.ContainsKey(name) ? name : tensors.ContainsKey(old) ? old : null;
    }
}
