using Nonsmooth.Data.Arrays;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.ModelFiles;

namespace Nonsmooth.Training.Running;

/// <summary>The file that a model came from, with the weights that training gave it.</summary>
public static class TrainedFile
{
    private const string Head = "head.weight";
    private const string HeadBias = "head.bias";

    /// <summary>The file to write, where a path for a run's output is one; its folder is called the same without the ending.</summary>
    /// <param name="output">What the user gave.</param>
    public static (string Folder, string File)? Of(string? output) =>
        output is not null && ModelFormat.Of(output) is not null ? (Path.ChangeExtension(output, null), output) : null;

    /// <summary>Writes an adapter's folder with the numbers of a checkpoint, those to evaluate with where it holds both.</summary>
    /// <param name="model">The folder of the network that it is on.</param>
    /// <param name="adapter">The adapter.</param>
    /// <param name="checkpoint">The run's checkpoint.</param>
    /// <param name="to">Where to.</param>
    /// <exception cref="NonsmoothException">A file cannot be read or written.</exception>
    public static void Write(string model, AdapterRequest adapter, string checkpoint, string to) => adapter.Save(model, Numbers(SafeTensors.Read(checkpoint).Tensors), to);

    /// <summary>Writes it: the model's file with the weights of a checkpoint, those to evaluate with where it holds both.</summary>
    /// <param name="model">The path of the model that was trained.</param>
    /// <param name="checkpoint">The run's checkpoint.</param>
    /// <param name="to">Where to.</param>
    /// <exception cref="NonsmoothException">The model is of another format, a file cannot be read, or it cannot be written.</exception>
    public static void Write(string model, string checkpoint, string to)
    {
        var format = ModelFormat.Of(model);
        if (format is null || format != ModelFormat.Of(to))
        {
            throw new NonsmoothException($"'{model}' cannot be written as '{to}': give a name as of the file that it came from, or a folder");
        }

        var tensors = SafeTensors.Read(checkpoint).Tensors;
        var numbers = Numbers(tensors);
        var head = tensors.TryGetValue(Head, out var weight) ? new FileHead((int)weight.Shape[0], numbers[Head], numbers[HeadBias]) : null;
        format.Open(model).Save(to, numbers, head);
    }

    private static Dictionary<string, float[]> Numbers(IReadOnlyDictionary<string, StoredTensor> tensors) =>
        tensors.Where(t => t.Value.IsReal && !t.Key.StartsWith(ParameterSet.EvaluationPrefix, StringComparison.Ordinal))
            .ToDictionary(t => t.Key, t => (tensors.GetValueOrDefault(ParameterSet.EvaluationPrefix + t.Key) ?? t.Value).ToSingles(), StringComparer.Ordinal);
}
