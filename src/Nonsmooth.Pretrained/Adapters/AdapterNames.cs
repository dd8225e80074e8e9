using Nonsmooth.Data.Arrays;
using Nonsmooth.Pretrained.HuggingFace;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Pretrained.Adapters;

/// <summary>Finds an adapter's tensors by the names of modules, and makes those of a new one: each is taken once, and none may be left.</summary>
internal sealed class AdapterNames(Adapter adapter)
{
    private const string Root = "base_model.model.";
    private const string Inner = "base_layer";

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _replaced = new(StringComparer.Ordinal);

    /// <summary>Names of the adapter's tensors that stand in the place of the folder's, by the names that the architecture has for those.</summary>
    public IReadOnlyDictionary<string, string> Replaced => _replaced;

    /// <summary>A module as PEFT calls it: an adapter on a network without its head has names without the prefix.</summary>
    public string Module(FolderBuilder builder, string module)
    {
        bool isBare = !adapter.IsNew && !adapter.Tensors.Keys.Any(k => k.StartsWith(Root + builder.Prefix, StringComparison.Ordinal));
        return isBare && module.StartsWith(builder.Prefix, StringComparison.Ordinal) ? module[builder.Prefix.Length..] : module;
    }

    /// <summary>The weight in the place of one of the folder's: of a module that is held whole, a bias that is trained, or a table that was saved beside its adapter.</summary>
    public FolderWeight? Instead(FolderBuilder builder, string tensor, int[] sizes, StoredTensor? own)
    {
        int dot = tensor.LastIndexOf('.');
        string module = Module(builder, tensor[..dot]), part = tensor[(dot + 1)..];
        bool isSaved = adapter.Config.Saves(module), isTargeted = adapter.Config.Targets.Has(module, true);
        bool isTrained = isSaved || (part.Contains("bias", StringComparison.Ordinal) && (adapter.Config.Bias == AdapterBias.All || (adapter.Config.Bias == AdapterBias.LoraOnly && isTargeted)));
        string inner = $"{Root}{module}.{Inner}.{part}", outer = $"{Root}{module}.{part}";
        string name = adapter.IsNew ? isTargeted && !isSaved ? inner : outer : adapter.Tensors.ContainsKey(inner) ? inner : outer;
        if (adapter.IsNew ? !isTrained : !adapter.Tensors.ContainsKey(name))
        {
            return adapter.IsNew || !isTrained || (!isSaved && IsForgotten()) ? null : throw Lacks(name, isSaved ? "modules_to_save" : "bias");
        }

        _taken.Add(name);
        _replaced[tensor] = name;
        return new FolderWeight(name, new Shape(sizes), adapter.IsNew ? own : Fitting(name, sizes), isTrained ? InputRole.Parameter : InputRole.Constant);
    }

    /// <summary>A tensor that a layer adds.</summary>
    /// <param name="builder">The network under construction.</param>
    /// <param name="module">The layer, by the name that the architecture has for it.</param>
    /// <param name="part">What is behind its name.</param>
    /// <param name="sizes">Its shape.</param>
    public FolderWeight Own(FolderBuilder builder, string module, string part, int[] sizes)
    {
        string name = $"{Root}{Module(builder, module)}.{part}";
        _taken.Add(name);
        return new FolderWeight(name, new Shape(sizes), adapter.IsNew ? null : adapter.Tensors.ContainsKey(name) ? Fitting(name, sizes) : throw Lacks(name, "target_modules"), InputRole.Parameter);
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

    // Older versions of PEFT saved none of the biases that lora_only trains.
    private bool IsForgotten() => adapter.Config.Bias == AdapterBias.LoraOnly && !adapter.Tensors.Keys.Any(k => k.EndsWith(".bias", StringComparison.Ordinal));

    private StoredTensor Fitting(string name, int[] sizes) => adapter.Tensors[name] is { IsReal: true } tensor && tensor.Shape.SequenceEqual(sizes.Select(s => (long)s)) ? tensor
        : throw new FolderException($"the adapter's tensor '{name}' is [{string.Join(", ", adapter.Tensors[name].Shape)}] of {adapter.Tensors[name].Type}, and {Adapter.ConfigFile} and the network make it [{string.Join(", ", sizes)}] of real numbers");

    private FolderException Lacks(string name, string field) =>
        new($"the adapter's {Adapter.WeightsFile} has no '{name}', which {field} in {Adapter.ConfigFile} says that it has{Nearest.Question(name, adapter.Tensors.Keys)}");
}
