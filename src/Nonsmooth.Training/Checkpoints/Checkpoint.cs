using Nonsmooth.Data.Arrays;
using Nonsmooth.Data.Files;

namespace Nonsmooth.Training.Checkpoints;

/// <summary>A bag of named tensors and texts that is saved in one step and checked whole when it is loaded.</summary>
/// <remarks>On disk it is a safetensors file, so other tools read its tensors; see <see cref="SafeTensors"/>.</remarks>
public sealed class Checkpoint
{
    /// <summary>The ending of its files.</summary>
    public const string Extension = ".safetensors";

    private const string FormatKey = "nonsmooth.checkpoint";
    private const string FormatVersion = "1";
    private const string StateKey = "nonsmooth.run";

    /// <summary>The tensors by name.</summary>
    public Dictionary<string, StoredTensor> Tensors { get; init; } = [];

    /// <summary>Any texts by name; names that start with <c>nonsmooth.</c> are reserved.</summary>
    public Dictionary<string, string> Metadata { get; init; } = [];

    /// <summary>Where the run stands; null where the checkpoint is of no run.</summary>
    public RunState? State { get; init; }

    /// <summary>The tensor of a name.</summary>
    /// <exception cref="NonsmoothException">There is none.</exception>
    public StoredTensor this[string name] => Tensors.TryGetValue(name, out var tensor)
        ? tensor
        : throw new NonsmoothException($"The checkpoint has no tensor '{name}'; check that it was saved by the same network and optimizer.");

    /// <summary>Saves it in one step: see <see cref="AtomicFile"/>.</summary>
    /// <exception cref="NonsmoothException">It cannot be saved; what was there is kept.</exception>
    public void Save(string path, IFileSystem? files = null) => AtomicFile.Write(path, Write, files);

    /// <summary>Loads it and checks every byte.</summary>
    /// <exception cref="NonsmoothException">The file cannot be read, is cut or damaged, or is not a checkpoint; the message names it and what is wrong.</exception>
    public static Checkpoint Load(string path)
    {
        var content = SafeTensors.Read(path);
        var metadata = new Dictionary<string, string>(content.Metadata);
        if (!content.HasChecksum || !metadata.Remove(FormatKey, out var version))
        {
            throw new NonsmoothException($"'{path}' is not a checkpoint of this tool, or its header is damaged; use another copy.");
        }

        if (version != FormatVersion)
        {
            throw new NonsmoothException($"'{path}' is a checkpoint of version {version}, and this release reads {FormatVersion}; use a newer release.");
        }

        return new Checkpoint
        {
            Tensors = new Dictionary<string, StoredTensor>(content.Tensors),
            State = metadata.Remove(StateKey, out var state) ? RunState.FromJson(path, state) : null,
            Metadata = metadata,
        };
    }

    internal void Write(Stream stream)
    {
        var texts = new Dictionary<string, string>(Metadata) { [FormatKey] = FormatVersion };
        if (State is not null)
        {
            texts[StateKey] = State.ToJson();
        }

        SafeTensors.Write(stream, Tensors, texts);
    }
}
