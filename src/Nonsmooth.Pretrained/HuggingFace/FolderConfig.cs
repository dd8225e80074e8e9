using System.Text.Json;
using Nonsmooth.Files;

namespace Nonsmooth.Pretrained.HuggingFace;

/// <summary>What <c>config.json</c> says of a network, in either generation of the library's spelling.</summary>
public sealed class FolderConfig
{
    internal const string File = "config.json";
    private const long MostBytes = 1 << 24;
    private const int MostSize = 1 << 24;
    private const int MostLayers = 1000;
    private const int MostHeads = 8192;

    private readonly JsonElement _root;
    private readonly string _file;

    private FolderConfig(JsonElement root, string file) => (_root, _file) = (root, file);

    /// <summary>The architecture, as <c>llama</c>.</summary>
    public string ModelType => TextOrNull("model_type") ?? throw new FolderException($"{_file} has no model_type");

    /// <summary>How many labels a classifier tells apart.</summary>
    public int Labels => Part("id2label") is { } labels && labels._root.GetPropertyCount() is > 0 and var count ? count : Size("num_labels", 2);

    /// <summary>How high and wide an image is, from 1 to 8,192.</summary>
    public int Side => Size("image_size", 224, MostHeads);

    /// <summary>Reads a folder's.</summary>
    /// <exception cref="NonsmoothException">It is no file of a sensible length, or no object of JSON.</exception>
    public static FolderConfig Of(string folder) => Read(InputFile.ReadBytes(Path.Combine(folder, File), "configuration", MostBytes));

    /// <summary>The names of its fields.</summary>
    internal IEnumerable<string> Names => _root.EnumerateObject().Select(p => p.Name);

    /// <summary>Reads the text of a configuration.</summary>
    /// <param name="json">The text.</param>
    /// <param name="file">What complaints call it.</param>
    /// <exception cref="FolderException">It is no object of JSON.</exception>
    public static FolderConfig Read(ReadOnlyMemory<byte> json, string file = File)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            Decode(document.RootElement);
            return document.RootElement.ValueKind == JsonValueKind.Object ? new FolderConfig(document.RootElement.Clone(), file) : throw new FolderException($"{file} is no object");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FolderException($"{file} is no JSON{(e is JsonException { LineNumber: { } line } ? $" (line {line + 1})" : "")}", e);
        }
    }

    // A text that is no UTF-16 is found when it is decoded, not when it is read.
    private static void Decode(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                value.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var element in value.EnumerateArray())
                {
                    Decode(element);
                }

                break;
            case JsonValueKind.Object:
                foreach (var field in value.EnumerateObject())
                {
                    _ = field.Name;
                    Decode(field.Value);
                }

                break;
        }
    }

    /// <summary>A size of at least 1.</summary>
    /// <exception cref="FolderException">It is absent, or no such number.</exception>
    public int Size(string name, int? otherwise = null) => Size(name, otherwise, MostSize);

    /// <summary>A number of layers, from 1 to 1,000.</summary>
    /// <exception cref="FolderException">It is absent, or no such number.</exception>
    public int Layers(string name, int? otherwise = null) => Size(name, otherwise, MostLayers);

    /// <summary>A number of heads, or the width of one, from 1 to 8,192.</summary>
    /// <exception cref="FolderException">It is absent, or no such number.</exception>
    public int Heads(string name, int? otherwise = null) => Size(name, otherwise, MostHeads);

    /// <summary>A size, or null where there is none.</summary>
    public int? SizeOrNull(string name) => Find(name) is null ? null : Size(name);

    /// <summary>A number.</summary>
    /// <exception cref="FolderException">It is no number.</exception>
    public double Number(string name, double otherwise) => Find(name) is not { } value ? otherwise
        : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number) ? number
        : throw new FolderException($"{_file} has a {name} that is no number");

    /// <summary>A number, or null where there is none.</summary>
    public double? NumberOrNull(string name) => Find(name) is null ? null : Number(name, 0);

    /// <summary>A whole number from 0.</summary>
    /// <exception cref="FolderException">It is no such number.</exception>
    public int Whole(string name, int otherwise) => Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out int number) && number is >= 0 and <= MostSize ? number
        : Find(name) is null ? otherwise : throw new FolderException($"{_file} has a {name} that is no whole number from 0");

    /// <summary>The depths and widths of a network in stages.</summary>
    /// <exception cref="FolderException">They are absent, no sizes, or not as many of one as of the other.</exception>
    internal (IReadOnlyList<int> Depths, IReadOnlyList<int> Widths) Stages()
    {
        var (depths, widths) = (Sizes("depths"), Sizes("hidden_sizes"));
        return depths.Count == widths.Count && depths.Count > 0 && depths.Sum(d => (long)d) <= MostLayers ? (depths, widths)
            : throw new FolderException($"{_file} has {depths.Count} depths of {depths.Sum(d => (long)d)} layers and {widths.Count} hidden_sizes: give as many of each, of at most {MostLayers} layers");
    }

    /// <summary>A truth value.</summary>
    public bool Flag(string name, bool otherwise) => Find(name)?.ValueKind switch
    {
        null => otherwise,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw new FolderException($"{_file} has a {name} that is neither true nor false"),
    };

    /// <summary>A text, or null where there is none.</summary>
    public string? TextOrNull(string name) => Find(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>Texts; empty where there are none.</summary>
    public IReadOnlyList<string> Texts(string name) => Find(name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Where(t => t.ValueKind == JsonValueKind.String).Select(t => t.GetString()!)] : [];

    /// <summary>An object in it, or null where there is none.</summary>
    public FolderConfig? Part(string name) => Find(name) is { ValueKind: JsonValueKind.Object } part ? new FolderConfig(part, _file) : null;

    private int Size(string name, int? otherwise, int most) => Find(name) is not { } value ? otherwise ?? throw new FolderException($"{_file} has no {name}")
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int size) && size > 0 && size <= most ? size
        : throw new FolderException($"{_file} has a {name} that is no whole number from 1 to {most}");

    private List<int> Sizes(string name) => Find(name) is not { ValueKind: JsonValueKind.Array } list ? []
        : [.. list.EnumerateArray().Select(e => e.ValueKind == JsonValueKind.Number && e.TryGetInt32(out int size) && size is > 0 and <= MostSize ? size : throw new FolderException($"{_file} has {name} that are no sizes"))];

    internal JsonElement? Find(string name) => _root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
