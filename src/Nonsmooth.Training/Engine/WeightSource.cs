using System.Globalization;
using Nonsmooth.Data.Arrays;
using Nonsmooth.Tensors;
using Nonsmooth.Training.Checkpoints;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Engine;

/// <summary>Weights in a file, by the names of a network: its own, or those of published weights.</summary>
internal sealed class WeightSource
{
    private const string StateKey = "nonsmooth.run";
    private readonly string _path;
    private readonly Model _network;
    private readonly IReadOnlyDictionary<string, StoredTensor> _tensors;
    private readonly IReadOnlyDictionary<string, string> _others;
    private readonly bool _transposed;

    /// <summary>Reads a file.</summary>
    /// <exception cref="NonsmoothException">It cannot be read, is damaged, or has adapters that the network does not have and that cannot be folded in.</exception>
    public WeightSource(string path, Model network, Action<string> notice)
    {
        var content = SafeTensors.Read(path);
        (_path, _network, _tensors) = (path, network, Evaluated(content.Tensors));
        _others = content.Others;
        if (network.LowRank is null && Adapters.Any())
        {
            _tensors = LowRank.Merge(_tensors, Alpha(content));
            notice($"the adapters in '{path}' are folded into the weights they adapt");
        }

        _transposed = _tensors.Any(pair => network.Published?.MayTranspose(pair.Key) == true && IsTurned(Own(pair.Key), pair.Value));
    }

    /// <summary>The adapters that the file holds.</summary>
    public IEnumerable<string> Adapters =>
        _tensors.Keys.Where(name => LowRank.IsAdapter(name) && !name.StartsWith("optimizer.", StringComparison.Ordinal));

    /// <summary>The sizes that a tensor has, the way round that the network has it; null where there is none.</summary>
    public long[]? Shape(string name) => Find(name) is not { } tensor ? null : [.. IsTurnedHere(name, tensor) ? tensor.Shape.Reverse() : tensor.Shape];

    /// <summary>Copies a tensor.</summary>
    /// <exception cref="NonsmoothException">It is missing, has other sizes or no real numbers: the message names it and both shapes.</exception>
    public void Copy(string name, Shape shape, Span<float> values)
    {
        if (Find(name) is null && (_others.GetValueOrDefault(name) ?? _others.GetValueOrDefault(_network.Published?.Prefix + name)) is { } other)
        {
            throw new NonsmoothException($"'{_path}' has '{name}' as {other}, which is not read here: convert it to one of {StoredTypes.AllNames}");
        }

        var tensor = Find(name) ?? throw new NonsmoothException(
            $"'{_path}' has no '{name}', which network '{_network.Name}' has as {shape}: use weights of that network");
        if (!Shape(name)!.SequenceEqual(shape.Select(size => (long)size)))
        {
            throw new NonsmoothException(
                $"'{_path}' has '{name}' as {string.Join('×', Shape(name)!)}, network '{_network.Name}' as {shape}: use weights of that network");
        }

        if (!tensor.IsReal)
        {
            throw new NonsmoothException($"'{_path}' has '{name}' as {tensor.Type.Name()}, not as real numbers: use weights of network '{_network.Name}'");
        }

        float[] stored = tensor.ToSingles();
        int wrong = Array.FindIndex(stored, value => !float.IsFinite(value));
        if (wrong >= 0)
        {
            bool isRange = tensor.Type == StoredType.F64 && double.IsFinite(tensor.Values<double>()[wrong]);
            string value = (isRange ? tensor.Values<double>()[wrong] : stored[wrong]).ToString(CultureInfo.InvariantCulture);
            throw new NonsmoothException($"'{_path}' has {value} in '{name}', at element {wrong}{(isRange ? ", beyond single precision's range" : "")}: use weights that are finite");
        }

        if (!IsTurnedHere(name, tensor))
        {
            stored.CopyTo(values);
            return;
        }

        var (rows, columns) = (shape[0], shape[1]);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = stored[((i % columns) * rows) + (i / columns)];
        }
    }

    /// <summary>The weights to evaluate in the place of those in training, where a checkpoint holds both.</summary>
    internal static Dictionary<string, StoredTensor> Evaluated(IReadOnlyDictionary<string, StoredTensor> tensors)
    {
        const string prefix = ParameterSet.EvaluationPrefix;
        var weights = tensors.Where(pair => !pair.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal);
        foreach (var (name, tensor) in tensors.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal)))
        {
            weights[name[prefix.Length..]] = tensor;
        }

        return weights;
    }

    private StoredTensor? Find(string name) =>
        _tensors.GetValueOrDefault(name) ?? (_network.Published is { } published ? _tensors.GetValueOrDefault(published.Prefix + name) : null);

    private bool IsTurnedHere(string name, StoredTensor tensor) =>
        _transposed && tensor.Shape.Length == 2 && _network.Published!.MayTranspose(name);

    private string Own(string name) =>
        name.StartsWith(_network.Published!.Prefix, StringComparison.Ordinal) ? name[_network.Published.Prefix.Length..] : name;

    // A layer's bias tells its outputs, which come first in our weights.
    private bool IsTurned(string name, StoredTensor weight) => weight.Shape is [long first, long second] && first != second
        && Find(name.Replace(".weight", ".bias", StringComparison.Ordinal)) is { Shape: [long outputs] } && outputs == second;

    private double Alpha(SafeTensorsContent content) =>
        content.Metadata.TryGetValue(StateKey, out string? state)
        && EarlierRun.LowRankAlpha(RunState.FromJson(_path, state).Config) is { } text
        && double.TryParse(text, CultureInfo.InvariantCulture, out double alpha)
            ? alpha
            : throw new NonsmoothException($"'{_path}' has adapters as '{Adapters.First()}' but not their alpha: give lora, or fold them in with LowRank.Merge");
}
