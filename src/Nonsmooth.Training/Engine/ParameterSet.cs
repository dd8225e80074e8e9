using Nonsmooth.Data.Arrays;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Optimizers;
using Nonsmooth.Training.Checkpoints;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Engine;

/// <summary>A network's parameters in single precision, in memory that both libtorch and an optimizer use in place.</summary>
public sealed class ParameterSet : IDisposable
{
    internal const string EvaluationPrefix = "evaluation.";

    private readonly TorchTensor[] _tensors;

    /// <summary>Fills the parameters with what they start from: a pure function of the seed and each name.</summary>
    public ParameterSet(IReadOnlyList<Parameter> parameters, ulong seed)
    {
        Parameters = [.. parameters];
        _tensors = new TorchTensor[Parameters.Count];
        var slots = new List<ParameterSlot>();
        for (int i = 0; i < _tensors.Length; i++)
        {
            var parameter = Parameters[i];
            _tensors[i] = TorchTensor.Empty([.. parameter.Shape.Select(s => (long)s)]);
            parameter.Initialise(Values(i), seed);
            if (!parameter.Frozen)
            {
                slots.Add(new ParameterSlot(parameter.Name, _tensors[i].DataPointer, parameter.Shape.Count64, parameter.Decays)
                {
                    Rows = parameter.Decays && parameter.Shape.Rank > 1 && parameter.Shape[0] > 1 ? parameter.Shape[0] : 0,
                });
            }
        }

        Slots = slots;
    }

    /// <summary>What the parameters are, in the order of the program's inputs.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The tensors, in the same order; this set disposes them.</summary>
    public IReadOnlyList<TorchTensor> Tensors => _tensors;

    /// <summary>The memory of those that are trained, in order, as an optimizer takes it.</summary>
    public IReadOnlyList<ParameterSlot> Slots { get; }

    /// <summary>The values of a parameter, row-major; writing changes the parameter.</summary>
    public Span<float> Values(int parameter) => _tensors[parameter].AsSpan<float>();

    /// <summary>Takes the values that a checkpoint holds under the parameters' names.</summary>
    /// <exception cref="NonsmoothException">One is missing or has another shape.</exception>
    public void Load(Checkpoint checkpoint) => Load(checkpoint, "");

    /// <summary>
    /// Takes the values to evaluate with: those that the best checkpoint of a schedule-free optimizer holds beside the ones
    /// in training (<c>evaluation.NAME</c>), else those in training.
    /// </summary>
    /// <exception cref="NonsmoothException">One is missing or has another shape.</exception>
    public void LoadForEvaluation(Checkpoint checkpoint) =>
        Load(checkpoint, Parameters.Count > 0 && checkpoint.Tensors.ContainsKey(EvaluationPrefix + Parameters[0].Name) ? EvaluationPrefix : "");

    private void Load(Checkpoint checkpoint, string prefix)
    {
        for (int i = 0; i < _tensors.Length; i++)
        {
            var stored = checkpoint[prefix + Parameters[i].Name];
            if (!stored.Shape.AsSpan().SequenceEqual(_tensors[i].Sizes))
            {
                throw new NonsmoothException(
                    $"parameter '{Parameters[i].Name}' is {string.Join('×', stored.Shape)} in the checkpoint and {Parameters[i].Shape} in the network: use the network that saved it");
            }

            if (!stored.IsReal)
            {
                throw new NonsmoothException($"parameter '{Parameters[i].Name}' is {stored.Type.Name()} in the checkpoint, not real: use another copy");
            }

            stored.ToSingles().CopyTo(Values(i));
        }
    }

    /// <summary>The name of the first parameter with a NaN or an infinity; null where all are finite.</summary>
    public string? FirstNotFinite()
    {
        for (int i = 0; i < _tensors.Length; i++)
        {
            foreach (float value in Values(i))
            {
                if (!float.IsFinite(value))
                {
                    return Parameters[i].Name;
                }
            }
        }

        return null;
    }

    /// <summary>Releases the memory.</summary>
    public void Dispose()
    {
        foreach (var tensor in _tensors)
        {
            tensor.Dispose();
        }
    }

    internal void Save(Dictionary<string, StoredTensor> tensors, string prefix = "")
    {
        for (int i = 0; i < _tensors.Length; i++)
        {
            tensors[prefix + Parameters[i].Name] = StoredTensor.Of<float>(Values(i), _tensors[i].Sizes);
        }
    }
}
