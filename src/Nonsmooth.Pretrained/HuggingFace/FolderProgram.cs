using Nonsmooth.Data.Arrays;
using Nonsmooth.Programs;
using Nonsmooth.Randomness;

namespace Nonsmooth.Pretrained.HuggingFace;

/// <summary>A folder of HuggingFace as a program.</summary>
/// <param name="Config">What the folder says of the network.</param>
/// <param name="Program">First the inputs <c>input_ids</c> [N, T] and, where its shape was given, <c>attention_mask</c> [N, T]; then the weights under the names in the file. Its output is <c>logits</c> [N, T, vocabulary].</param>
/// <param name="Weights">The weights, in the order of the program's last inputs. Tied ones are one.</param>
public sealed record FolderProgram(FolderConfig Config, Program Program, IReadOnlyList<FolderWeight> Weights);

/// <summary>A weight of a folder.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Stored">The stored tensor.</param>
public sealed record FolderWeight(string Name, StoredTensor Stored)
{
    /// <summary>Whether training changes it. Default true; with a <see cref="FolderChange"/>, of what that adds only.</summary>
    public bool IsTrained { get; init; } = true;

    /// <summary>How it is drawn where it starts at random, in which case <see cref="Stored"/> holds one draw. Default null: it starts as it is stored.</summary>
    public Action<Span<float>, CounterRandom>? Draw { get; init; }

    /// <summary>The numbers as an input of an executor.</summary>
    public float[] Elements => Stored.ToSingles();
}

/// <summary>Networks that HuggingFace's library saved: <c>config.json</c> chooses the architecture, safetensors hold the weights.</summary>
public static class HuggingFaceFolder
{
    /// <summary>The architectures that are read, by <c>model_type</c>.</summary>
    public static IReadOnlyList<string> Architectures => [.. FolderArchitecture.All.Select(a => a.ModelType)];

    /// <summary>Whether a path is such a folder, by its looks.</summary>
    public static bool Is(string path) => Directory.Exists(path) && File.Exists(Path.Combine(path, "config.json"));

    /// <summary>The program of a folder, in evaluation mode.</summary>
    /// <param name="folder">The folder. Code in it is never run.</param>
    /// <param name="batch">N.</param>
    /// <param name="tokens">T.</param>
    /// <param name="hasMask">Whether the program takes an attention mask: 1 for a token, 0 for padding. Default false.</param>
    /// <param name="change">What changes the network, as an adapter. Default nothing.</param>
    /// <exception cref="NonsmoothException">The architecture is not read, a tensor is wrong, missing or surplus, or a file is damaged; one line says which.</exception>
    public static FolderProgram Import(string folder, int batch, int tokens, bool hasMask = false, FolderChange? change = null) => Reading(folder, () =>
    {
        var config = FolderConfig.Read(File.ReadAllBytes(Path.Combine(folder, "config.json")));
        var architecture = FolderArchitecture.Find(config.ModelType);
        return architecture.Build(config, FolderWeights.Read(folder), batch, tokens, hasMask, change);
    });

    /// <summary>All tensors of a folder by name, of its only file or of its shards.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="NonsmoothException">There are none, or a file is damaged.</exception>
    public static IReadOnlyDictionary<string, StoredTensor> Tensors(string folder) => Reading(folder, () => FolderWeights.Read(folder));

    internal static T Reading<T>(string folder, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FolderException e)
        {
            throw e.In($"'{folder}'");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FolderException($"'{folder}' cannot be read ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')})", e);
        }
    }
}
