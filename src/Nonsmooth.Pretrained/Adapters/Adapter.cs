using Nonsmooth.Data.Arrays;
using Nonsmooth.Data.Files;
using Nonsmooth.Files;
using Nonsmooth.Pretrained.HuggingFace;

namespace Nonsmooth.Pretrained.Adapters;

/// <summary>A LoRA adapter as PEFT saves it: a folder with <c>adapter_config.json</c> and <c>adapter_model.safetensors</c>, or one that is still to be trained.</summary>
public sealed class Adapter
{
    /// <summary>The file that says what the adapter is on.</summary>
    public const string ConfigFile = "adapter_config.json";

    /// <summary>The file of its tensors.</summary>
    public const string WeightsFile = "adapter_model.safetensors";

    private const long LongestConfig = 1 << 24;

    private Adapter(string? folder, AdapterConfig config, SafeTensorsContent? content)
    {
        (Folder, Config) = (folder, config);
        Tensors = content?.Tensors ?? new Dictionary<string, StoredTensor>();
        Metadata = content?.Metadata ?? new Dictionary<string, string> { ["format"] = "pt" };
    }

    /// <summary>Where it was read; null for a new one.</summary>
    public string? Folder { get; }

    /// <summary>What it is on.</summary>
    public AdapterConfig Config { get; }

    /// <summary>Its tensors by their names in the file; none of a new one.</summary>
    public IReadOnlyDictionary<string, StoredTensor> Tensors { get; }

    /// <summary>Whether it is still to be trained: its tensors are drawn when a network is built with it.</summary>
    public bool IsNew => Folder is null;

    private IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Whether a path is an adapter's folder, by its looks.</summary>
    public static bool Is(string path) => File.Exists(Path.Combine(path, ConfigFile));

    /// <summary>Reads a folder.</summary>
    /// <exception cref="NonsmoothException">A file is missing or damaged, or the adapter is of a kind that is not read; one line says which.</exception>
    public static Adapter Read(string folder) => HuggingFaceFolder.Reading(folder, () =>
    {
        string config = Path.Combine(folder, ConfigFile), weights = Path.Combine(folder, WeightsFile);
        if (!File.Exists(config))
        {
            throw new FolderException($"it has no {ConfigFile}: give the folder that PEFT's save_pretrained wrote, or what a new adapter is, as r=8,alpha=16,targets=q_proj,v_proj");
        }

        if (!File.Exists(weights))
        {
            throw new FolderException(File.Exists(Path.Combine(folder, "adapter_model.bin"))
                ? "its weights are a pickle, adapter_model.bin, which can hold code and is not opened; in Python: model = PeftModel.from_pretrained(base, folder); model.save_pretrained(folder, safe_serialization=True)"
                : $"it has no {WeightsFile}");
        }

        InputFile.Check(config, "", LongestConfig);
        var content = SafeTensors.Read(weights);
        return content.Others.Count == 0
            ? new Adapter(folder, AdapterConfig.Read(File.ReadAllBytes(config)), content)
            : throw new FolderException($"its tensor '{content.Others.Keys.First()}' is of {content.Others.Values.First()}, which is not read");
    });

    /// <summary>An adapter that is to be trained.</summary>
    /// <param name="text">What it is, as <c>r=8,alpha=16,targets=q_proj,v_proj</c>; see <see cref="AdapterText"/>.</param>
    /// <param name="baseModel">What its configuration names as its base.</param>
    /// <exception cref="FolderException">The text is malformed; the message names what is wrong.</exception>
    public static Adapter New(string text, string baseModel) => Of(AdapterConfig.Read(AdapterText.Config(text, baseModel)));

    /// <summary>An adapter that is to be trained, as a configuration describes it.</summary>
    public static Adapter Of(AdapterConfig config) => new(null, config, null);

    /// <summary>Writes the folder: the configuration as it is, and the tensors.</summary>
    /// <param name="folder">Where to; it is made.</param>
    /// <param name="tensors">Tensors by their names, which take the place of the adapter's own; those that are not given stay.</param>
    /// <param name="isFanInFanOut">Whether the layers hold their weights [inputs, outputs], which is said of a new adapter; null for what its configuration says.</param>
    /// <exception cref="NonsmoothException">A file cannot be written; what was there is kept.</exception>
    public void Write(string folder, IReadOnlyDictionary<string, StoredTensor> tensors, bool? isFanInFanOut = null)
    {
        var json = IsNew && isFanInFanOut is { } turned ? Config.With("fan_in_fan_out", turned) : Config.Json;
        Directory.CreateDirectory(folder);
        AtomicFile.Write(Path.Combine(folder, ConfigFile), stream => stream.Write(json.Span));
        var all = new Dictionary<string, StoredTensor>(Tensors, StringComparer.Ordinal);
        foreach (var (name, tensor) in tensors)
        {
            all[name] = tensor;
        }

        SafeTensors.Write(Path.Combine(folder, WeightsFile), all, Metadata);
    }
}
