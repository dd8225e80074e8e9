using Nonsmooth.Data.Arrays;

namespace Nonsmooth.Training.ModelFiles;

/// <summary>Weights of a safetensors file in the place of a model's own, by their names.</summary>
internal sealed class OtherWeights
{
    private readonly string _file;
    private readonly IReadOnlyDictionary<string, StoredTensor> _tensors;

    private OtherWeights(string file) => (_file, _tensors) = (file, SafeTensors.Read(file).Tensors);

    /// <summary>Reads a file; null without one.</summary>
    public static OtherWeights? Read(string? file) => file is null ? null : new OtherWeights(file);

    /// <summary>The numbers of a weight.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="count">How many it has.</param>
    /// <param name="has">What the model has there, for complaints.</param>
    /// <exception cref="NonsmoothException">The file lacks it, or has another number of them.</exception>
    public double[] Of(string name, long count, string has) => _tensors.GetValueOrDefault(name) is not { } other
        ? throw new NonsmoothException($"'{_file}' has no '{name}', a weight of the model: use weights of that model")
        : other.Count != count ? throw new NonsmoothException($"'{_file}' has '{name}' as {string.Join('×', other.Shape)}, the model has {has}: use weights of that model")
        : other.ToDoubles();
}
