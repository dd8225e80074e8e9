using Nonsmooth.Data.Arrays;
using Nonsmooth.Pretrained.HuggingFace;
using Nonsmooth.Randomness;

namespace Nonsmooth.Pretrained.Adapters;

/// <summary>Finds an adapter's tensors by the names of modules, and makes those of a new one: each is taken once, and none may be left.</summary>
internal sealed class AdapterNames(Adapter adapter)
{
    private const string Root = "base_model.model.";
    private const string Inner = "base_layer";

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _replaced = new(StringComparer.Ordinal);

    /// <summary>Names of the adapter's tensors that stand in the place of the folder's, by the names of those.</summary>
    public IReadOnlyDictionary<string, string> Replaced => _replaced;

    /// <summary>A module as PEFT calls it: an adapter on a network without its head has names without the prefix.</summary>
    public string Module(FolderBuilder builder, string module)
    {
        bool isBare = !adapter.IsNew && !adapter.Tensors.Keys.Any(k => k.StartsWith(Root + builder.Prefix, StringComparison.Ordinal));
        return isBare && module.StartsWith(builder.Prefix, StringComparison.Ordinal) ? module[builder.Prefix.Length..] : module;
    }

    /// <summary>The weight in the place of one of the folder's: of a module that is held whole, a bias that is trained, or a table that was saved beside its adapter.</summary>
    public FolderWeight? Instead(FolderBuilder builder, string tensor, bool isShared, StoredTensor? own, Func<string, bool> targets)
    {
        int dot = tensor.LastIndexOf('.');
        string module = Module(builder, tensor[..dot]), part = tensor[(dot + 1)..];
        bool isSaved = adapter.Config.Saves(module), isTargeted = targets(module);
        bool isBias = part.Contains("bias", StringComparison.Ordinal) && !isSaved && (adapter.Config.Bias == AdapterBias.All || (adapter.Config.Bias == AdapterBias.LoraOnly && isTargeted));

        // A tied head keeps the table that the network had, whatever is held in the place of the embedding.
        if (isShared && isSaved)
        {
            return null;
        }

        string inner = $"{Root}{module}.{Inner}.{part}", outer = $"{Root}{module}.{part}";
        string name = adapter.IsNew ? isTargeted && !isSaved ? inner : outer : adapter.Tensors.ContainsKey(inner) ? inner : outer;
        var stored = adapter.Tensors.GetValueOrDefault(name) ?? (adapter.IsNew && (isSaved || isBias) ? own : null);
        if (stored is null)
        {
            // Older versions of PEFT saved none of the biases that lora_only trains.
            bool isForgotten = adapter.Config.Bias == AdapterBias.LoraOnly && !adapter.Tensors.Keys.Any(k => k.EndsWith(".bias", StringComparison.Ordinal));
            return adapter.IsNew || !(isSaved || (isBias && !isForgotten)) ? null : throw Lacks(name, isSaved ? "modules_to_save" : "bias");
        }

        _taken.Add(name);
        _replaced[tensor] = name;
        return new FolderWeight(name, stored) { IsTrained = isSaved || isBias };
    }

    /// <summary>A tensor that a layer adds.</summary>
    /// <param name="builder">The network under construction.</param>
    /// <param name="module">The layer.</param>
    /// <param name="part">What is behind its name.</param>
    /// <param name="sizes">Its shape.</param>
    /// <param name="seed">The seed of a new one.</param>
    /// <param name="draw">How a new one is drawn; null for zeros.</param>
    /// <param name="own">What a new one starts from; null to draw it.</param>
    public FolderWeight Own(FolderBuilder builder, string module, string part, int[] sizes, ulong seed, Action<Span<float>, CounterRandom>? draw, Func<StoredTensor>? own)
    {
        string name = $"{Root}{Module(builder, module)}.{part}";
        if (!adapter.IsNew)
        {
            _taken.Add(name);
            var tensor = adapter.Tensors.GetValueOrDefault(name) ?? throw Lacks(name, "target_modules");
            return tensor.IsReal && tensor.Shape.SequenceEqual(sizes.Select(s => (long)s)) ? new FolderWeight(name, tensor)
                : throw new FolderException($"the adapter's tensor '{name}' is [{string.Join(", ", tensor.Shape)}] of {tensor.Type}, and {Adapter.ConfigFile} and the network make it [{string.Join(", ", sizes)}]");
        }

        if (own is not null)
        {
            return new FolderWeight(name, own());
        }

        float[] values = new float[sizes.Aggregate(1, (a, b) => checked(a * b))];
        draw?.Invoke(values, new CounterRandom(seed).Derive(name));
        return new FolderWeight(name, StoredTensor.Of<float>(values, [.. sizes.Select(s => (long)s)])) { Draw = draw };
    }

    /// <summary>Refuses what is left over.</summary>
    public void Finish()
    {
        string[] left = [.. adapter.Tensors.Keys.Where(k => !_taken.Contains(k)).Order(StringComparer.Ordinal)];
        if (left.Length > 0)
        {
            throw new FolderException($"the adapter's {Adapter.WeightsFile} has {(left.Length == 1 ? "a tensor" : $"{left.Length} tensors")} that {Adapter.ConfigFile} or the network has no place for: {string.Join(", ", left.Take(3))}{(left.Length > 3 ? ", …" : "")}");
        }
    }

    private FolderException Lacks(string name, string field) =>
        new($"the adapter's {Adapter.WeightsFile} has no '{name}', which {field} in {Adapter.ConfigFile} says that it has{Nearest.Question(name, adapter.Tensors.Keys)}");
}
