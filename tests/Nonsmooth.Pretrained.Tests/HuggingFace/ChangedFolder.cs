using System.Text.Json.Nodes;
using Nonsmooth.Data.Arrays;
using Nonsmooth.Pretrained.HuggingFace;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Pretrained.Tests.HuggingFace;

/// <summary>A copy of a recorded folder whose configuration and tensors a test changes.</summary>
internal sealed class ChangedFolder : IDisposable
{
    private const string Config = "config.json";
    private const string Weights = "model.safetensors";
    private readonly TemporaryFolder _folder = new();

    public ChangedFolder(string name)
    {
        Source = Graphs.SharedFiles.Find("models", "hf", name);
        foreach (string file in Directory.GetFiles(Source))
        {
            File.WriteAllBytes(Path.Combine(Folder, System.IO.Path.GetFileName(file)), File.ReadAllBytes(file));
        }
    }

    public string Source { get; }

    public string Folder => _folder.Path;

    public string Place(string file) => Path.Combine(Folder, file);

    /// <summary>Changes the configuration.</summary>
    public ChangedFolder Configured(Action<JsonObject> change)
    {
        var config = JsonNode.Parse(File.ReadAllText(Place(Config)))!.AsObject();
        change(config);
        File.WriteAllText(Place(Config), config.ToJsonString());
        return this;
    }

    /// <summary>Changes the tensors of the only file.</summary>
    public ChangedFolder Stored(Action<Dictionary<string, StoredTensor>> change)
    {
        var content = SafeTensors.Read(Place(Weights));
        var tensors = content.Tensors.ToDictionary();
        change(tensors);
        SafeTensors.Write(Place(Weights), tensors, content.Metadata);
        return this;
    }

    /// <summary>Changes the tensors' names.</summary>
    public ChangedFolder Renamed(Func<string, string> rename) => Stored(tensors =>
    {
        foreach (var (name, tensor) in tensors.ToList())
        {
            tensors.Remove(name);
            tensors[rename(name)] = tensor;
        }
    });

    /// <summary>The program on small inputs.</summary>
    public FolderProgram Import() => Imported(Folder);

    /// <summary>The program of a folder on small inputs.</summary>
    public static FolderProgram Imported(string folder)
    {
        var opened = HuggingFaceFolder.Open(folder);
        return opened.Import(opened.Inputs.Where(i => !i.IsOptional).ToDictionary(i => i.Name, i => (IReadOnlyList<int>)[.. i.Sizes.Select((s, axis) => s ?? (axis == 0 ? 2 : i.Kind == Nonsmooth.Tensors.ElementKind.Real ? 32 : 6))]));
    }

    /// <summary>What is said of it; one line.</summary>
    public string Refusal()
    {
        var refused = Assert.ThrowsAny<NonsmoothException>(() => Import());
        Assert.DoesNotContain(refused.Message, char.IsControl);
        return refused.Message;
    }

    public void Dispose() => _folder.Dispose();
}
