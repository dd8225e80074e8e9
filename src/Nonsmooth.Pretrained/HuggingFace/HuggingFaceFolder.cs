using Nonsmooth.Data.Arrays;
using Nonsmooth.Tensors;

namespace Nonsmooth.Pretrained.HuggingFace;

/// <summary>A network that HuggingFace's library saved: <c>config.json</c> chooses the architecture, safetensors hold the weights. Code in the folder is never run.</summary>
public sealed class HuggingFaceFolder
{
    private readonly FolderArchitecture _architecture;
    private readonly Lazy<IReadOnlyDictionary<string, StoredTensor>?> _tensors;

    private HuggingFaceFolder(string path, FolderConfig config)
    {
        (Path, Config, _architecture) = (path, config, FolderArchitecture.Find(config.ModelType));
        Inputs = _architecture.Inputs(config);
        _tensors = new(() => FolderWeights.Read(path));
    }

    /// <summary>The architectures that are read, by <c>model_type</c>.</summary>
    public static IReadOnlyList<string> Architectures => [.. FolderArchitecture.All.Select(a => a.ModelType)];

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>What it says of the network.</summary>
    public FolderConfig Config { get; }

    /// <summary>What the network takes.</summary>
    public IReadOnlyList<FolderInput> Inputs { get; }

    /// <summary>The tensors by name, of the only file or of all shards; null where the folder has a configuration alone.</summary>
    /// <exception cref="NonsmoothException">A file is damaged, a shard is missing, or the weights are a pickle.</exception>
    public IReadOnlyDictionary<string, StoredTensor>? Tensors => Reading(Path, () => _tensors.Value);

    /// <summary>Whether a path is such a folder, by its looks.</summary>
    public static bool Is(string path) => Directory.Exists(path) && File.Exists(System.IO.Path.Combine(path, FolderConfig.File));

    /// <summary>Reads the configuration; the weights are read when they are asked for.</summary>
    /// <exception cref="NonsmoothException">It is damaged, or the architecture is not read; one line says which.</exception>
    public static HuggingFaceFolder Open(string path) => Reading(path, () => new HuggingFaceFolder(path, FolderConfig.Of(path)));

    /// <summary>The program of the network in evaluation mode.</summary>
    /// <param name="shapes">The shapes of inputs by name. Those that are optional and have none are left out of the program.</param>
    /// <param name="change">What changes the network, as an adapter. Default nothing.</param>
    /// <param name="withoutHead">Whether it ends with what its classifier takes, called <see cref="FolderProgram.Features"/>. Default false.</param>
    /// <exception cref="NonsmoothException">A shape does not fit, a tensor is wrong, missing or surplus, or a file is damaged; one line says which.</exception>
    public FolderProgram Import(IReadOnlyDictionary<string, IReadOnlyList<int>> shapes, FolderChange? change = null, bool withoutHead = false) =>
        Reading(Path, () => new FolderBuilder(_architecture, Config, _tensors.Value, shapes, change) { WithoutHead = withoutHead }.Build());

    /// <summary>The program on the smallest inputs, by which names and shapes of weights are known.</summary>
    /// <exception cref="NonsmoothException">As <see cref="Import"/>.</exception>
    public FolderProgram Smallest(FolderChange? change = null) => Import(SmallestShapes(), change);

    /// <summary>Writes a folder as this one with other weights: configuration, tokenizer, shards, index and types stay, and what it is trained on is rounded to the stored type.</summary>
    /// <param name="to">Where to; may be this folder.</param>
    /// <param name="numbers">Numbers by the weights' names; those that are not given stay. Of tied weights that are stored more than once, all are written.</param>
    /// <param name="head">A classifier in the place of its own, and of the labels in its configuration. Default none.</param>
    /// <exception cref="NonsmoothException">There are no weights, one has another number of elements, there is no classifier to replace, or a file cannot be written.</exception>
    public void Save(string to, IReadOnlyDictionary<string, float[]> numbers, FolderClassifier? head = null) => Reading(Path, () =>
    {
        var tensors = new Dictionary<string, StoredTensor>(StringComparer.Ordinal);
        var network = _tensors.Value is null ? null : Smallest();
        foreach (var weight in network?.Weights.Where(w => numbers.ContainsKey(w.Name)) ?? [])
        {
            foreach (string name in weight.Twins.Prepend(weight.Name))
            {
                tensors[name] = FolderWriter.Rounded(name, _tensors.Value![name], numbers[weight.Name]);
            }
        }

        if (head is not null)
        {
            string name = network?.Head ?? throw new FolderException("it has no classifier in whose place another could stand");
            foreach (var (key, tensor) in head.Tensors(name, _tensors.Value!))
            {
                tensors[key] = tensor;
            }
        }

        FolderWriter.Write(Path, to, tensors, head?.Classes);
        return true;
    });

    // Shapes by which weights are known: any will do.
    private Dictionary<string, IReadOnlyList<int>> SmallestShapes() => Inputs.Where(i => !i.IsOptional).ToDictionary(
        i => i.Name, i => (IReadOnlyList<int>)[.. i.Sizes.Select((s, axis) => s ?? (axis == 0 ? 1 : i.Kind == ElementKind.Index ? 2 : i.Usual[axis]!.Value))], StringComparer.Ordinal);

    internal static T Reading<T>(string folder, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (NonsmoothException e) when (e is FolderException or ShapeException)
        {
            throw e.In($"'{folder}'");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FolderException($"'{folder}' cannot be read ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')})", e);
        }
    }
}
