using System.Text.Json;

namespace Nonsmooth.Pretrained.Archives;

/// <summary>Reads archives that <c>torch.export.save</c> wrote. Pickles in them are never opened.</summary>
public static class ArchiveFile
{
    /// <summary>Reads the graph of an archive; its weights are read from the file when they are asked for.</summary>
    /// <param name="path">A <c>.pt2</c> file.</param>
    /// <exception cref="ArchiveException">It cannot be read, or is no such archive; one line says why. A pickle gets the lines of PyTorch that convert it.</exception>
    public static Archive Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return IsPickle(path) ? throw Pickle(path) : Read(() => File.OpenRead(path), path);
    }

    /// <summary>Reads an archive from bytes.</summary>
    /// <param name="bytes">The archive.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <exception cref="ArchiveException">It is no such archive; one line says why.</exception>
    public static Archive Read(byte[] bytes, string name)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return Read(() => new MemoryStream(bytes, false), name);
    }

    /// <summary>Whether a path looks like a pickle of PyTorch, which holds code and is not opened.</summary>
    public static bool IsPickle(string path) => Path.GetExtension(path).ToUpperInvariant() is ".PT" or ".PTH" or ".BIN" or ".PKL" or ".CKPT";

    /// <summary>What to say of a pickle.</summary>
    public static ArchiveException Pickle(string path) => new(
        $"'{path}' is a pickle, which can hold code and is not opened; in PyTorch, with the network in model.eval(), write an archive: "
        + "exported = torch.export.export(model, (example_input,)); torch.export.save(exported, 'model.pt2'); and give model.pt2");

    private static Archive Read(Func<Stream> open, string path) => Guarded($"'{path}'", () =>
    {
        using var members = new ArchiveMembers(open());
        string[] models = [.. members.Names.Where(n => n.StartsWith("models/", StringComparison.Ordinal) && n.EndsWith(".json", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        string model = models.Contains("models/model.json") ? "models/model.json" : models is [var only] ? only : throw new ArchiveException(models.Length == 0
            ? "it has no models/model.json: torch.export.save of PyTorch 2.8 or later writes one"
            : $"it has {models.Length} models and none is called model");
        string name = model["models/".Length..^".json".Length];
        byte[] read(string member) => Guarded($"'{path}'", () =>
        {
            using var again = new ArchiveMembers(open());
            return again.Read(member, Array.MaxLength);
        });
        var (weights, constants) = (Tensors("weights"), Tensors("constants"));
        using var document = JsonDocument.Parse(members.Read(model, ArchiveLimits.MostText), new JsonDocumentOptions { MaxDepth = ArchiveLimits.MostDepth });
        return ModelReader.Read(document.RootElement, path, weights, constants);

        Dictionary<string, ArchiveTensor> Tensors(string kind)
        {
            string config = $"data/{kind}/{name}_{kind}_config.json";
            if (!members.Has(config))
            {
                return [];
            }

            using var json = JsonDocument.Parse(members.Read(config, ArchiveLimits.MostText), new JsonDocumentOptions { MaxDepth = ArchiveLimits.MostDepth });
            return TensorReader.Read(json.RootElement, member => members.Has($"data/{kind}/{member}") ? () => read($"data/{kind}/{member}") : null);
        }
    });

    // Damaged files make the readers below fail in many ways; all of them are the file's fault.
    private static T Guarded<T>(string place, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ArchiveException e)
        {
            throw e.Message.StartsWith(place, StringComparison.Ordinal) ? e : e.In(place);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or InvalidOperationException or FormatException or OverflowException or IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new ArchiveException($"{place} cannot be read as an archive of torch.export.save ({ArchiveMembers.Printable(e.Message.ReplaceLineEndings(" ").TrimEnd('.'))})", e);
        }
    }
}
