using Nonsmooth.Data.Arrays;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.ModelFiles;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Running;

/// <summary>The file or folder that a model came from, with the weights that training gave it.</summary>
/// <param name="Run">The run's folder: of a file, called the same without the ending; of a folder, the folder itself.</param>
/// <param name="Path">What is written.</param>
public sealed record TrainedFile(string Run, string Path)
{
    private const string Head = "head.weight";
    private const string HeadBias = "head.bias";

    /// <summary>What to write a trained model as; null where a run's folder is all there is.</summary>
    /// <param name="model">The model that is trained.</param>
    /// <param name="output">What the user gave.</param>
    /// <param name="hasOtherHead">Whether it gets another head.</param>
    /// <exception cref="NonsmoothException">The model is of another format than the file, or cannot be written with another head.</exception>
    public static TrainedFile? Of(string model, string? output, bool hasOtherHead)
    {
        var (from, to) = (ModelFormat.Of(model), output is null ? null : ModelFormat.Of(output));
        if (output is null || (from is not { IsFolder: true } && to is null or { IsFolder: true }))
        {
            return null;
        }

        return from is null || (to is not null && to != from) ? throw new NonsmoothException($"'{model}' cannot be written as '{output}': give a name as of the file that it came from, or a folder")
            : hasOtherHead && !from.TakesHead ? throw new NonsmoothException($"'{model}' cannot be written with another head: give a folder for the run, or leave replace-head out")
            : from.IsFolder && output == System.IO.Path.GetFullPath(model) ? throw new NonsmoothException($"'{output}' is the model that is trained: give another folder")
            : from.IsFolder ? new TrainedFile(output, output)
            : new TrainedFile(System.IO.Path.ChangeExtension(output, null), output);
    }

    /// <summary>Writes an adapter's folder with the numbers of a checkpoint, those to evaluate with where it holds both.</summary>
    /// <param name="model">The folder of the network that it is on.</param>
    /// <param name="adapter">The adapter.</param>
    /// <param name="checkpoint">The run's checkpoint.</param>
    /// <param name="to">Where to.</param>
    /// <exception cref="NonsmoothException">A file cannot be read or written.</exception>
    public static void Write(string model, AdapterRequest adapter, string checkpoint, string to) => adapter.Save(model, Numbers(SafeTensors.Read(checkpoint).Tensors), to);

    /// <summary>Writes it: the model's file with the weights of a checkpoint, those to evaluate with where it holds both, adapters of the library's own folded in.</summary>
    /// <param name="network">The model that was trained.</param>
    /// <param name="checkpoint">The run's checkpoint.</param>
    /// <param name="to">Where to.</param>
    /// <exception cref="NonsmoothException">A file cannot be read, or it cannot be written.</exception>
    public static void Write(Model network, string checkpoint, string to)
    {
        var tensors = SafeTensors.Read(checkpoint).Tensors;
        var numbers = Numbers(network.LowRank is { } adapters ? LowRank.Merge(WeightSource.Evaluated(tensors), adapters.Alpha) : tensors);
        var head = numbers.TryGetValue(HeadBias, out float[]? bias) ? new FileHead(bias.Length, numbers[Head], bias) : null;
        ModelFormat.Of(network.Name)!.Open(network.Name).Save(to, numbers, head);
    }

    private static Dictionary<string, float[]> Numbers(IReadOnlyDictionary<string, StoredTensor> tensors) =>
        WeightSource.Evaluated(tensors).Where(t => t.Value.IsReal).ToDictionary(t => t.Key, t => t.Value.ToSingles(), StringComparer.Ordinal);
}
