using System.Buffers;
using Nonsmooth.Data.Arrays;
using Nonsmooth.LibTorch;
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
    private readonly MemoryHandle?[] _held;

    /// <summary>Fills the parameters with what they start from: a pure function of the seed and each name.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="holds">Whether those that are frozen and start from a tensor of a file lie in that, in its type, and not in memory of their own: they can be neither written nor saved then. Default false.</param>
    public ParameterSet(IReadOnlyList<Parameter> parameters, ulong seed, bool holds = false)
    {
        Parameters = [.. parameters];
        _tensors = new TorchTensor[Parameters.Count];
        _held = new MemoryHandle?[Parameters.Count];
        var slots = new List<ParameterSlot>();
        for (int i = 0; i < _tensors.Length; i++)
        {
            var parameter = Parameters[i];
            if (holds && parameter is { Frozen: true, Initializer.Stored: { } stored } && Hold(i, stored))
            {
                continue;
            }

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
    /// <exception cref="NonsmoothException">It lies in a file.</exception>
    public Span<float> Values(int parameter) => !IsHeld(parameter) ? _tensors[parameter].AsSpan<float>()
        : throw new NonsmoothException($"parameter '{Parameters[parameter].Name}' lies in the model's file and is not trained: read it there");

    /// <summary>The parameters that lie in memory of their own, all but those that are held, in order.</summary>
    internal IEnumerable<int> Own => Enumerable.Range(0, _tensors.Length).Where(i => !IsHeld(i));

    /// <summary>Whether a parameter lies in the file that it came from.</summary>
    public bool IsHeld(int parameter) => _held[parameter] is not null;

    /// <summary>Takes the values that a checkpoint holds under the parameters' names.</summary>
    /// <exception cref="NonsmoothException">One is missing or has another shape.</exception>
    public void Load(Checkpoint checkpoint) => Load(checkpoint, "");

    /// <summary>
    /// Takes the values to evaluate with: those that the best checkpoint of a schedule-free optimizer holds beside the ones
    /// in training (<c>evaluation.NAME</c>), else those in training.
    /// </summary>
    /// <exception cref="NonsmoothException">One is missing or has another shape.</exception>
    public void LoadForEvaluation(Checkpoint checkpoint) =>
        Load(checkpoint, Parameters.Count > 0 && checkpoint.Tensors.Keys.Any(k => k.StartsWith(EvaluationPrefix, StringComparison.Ordinal)) ? EvaluationPrefix : "");

    private void Load(Checkpoint checkpoint, string prefix)
    {
        foreach (int i in Own)
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
        foreach (int i in Own)
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

        foreach (var held in _held)
        {
            held?.Dispose();
        }
    }

    // A kernel takes numbers where they would lie by themselves only.
    private unsafe bool Hold(int parameter, StoredTensor stored)
    {
        if (stored.Type switch { StoredType.F32 => TorchDtype.Float32, StoredType.F16 => TorchDtype.Float16, StoredType.BF16 => TorchDtype.BFloat16, _ => (TorchDtype?)null } is not { } dtype)
        {
            return false;
        }

        var handle = stored.Bytes.Pin();
        if ((nint)handle.Pointer % stored.Type.Size() != 0)
        {
            handle.Dispose();
            return false;
        }

        long[] sizes = [.. stored.Shape], strides = new long[sizes.Length];
        for (long axis = sizes.Length - 1, step = 1; axis >= 0; step *= sizes[axis--])
        {
            strides[axis] = step;
        }

        (_tensors[parameter], _held[parameter]) = (TorchTensor.FromMemory((nint)handle.Pointer, sizes, strides, dtype), handle);
        return true;
    }

    internal void Save(Dictionary<string, StoredTensor> tensors, string prefix = "")
    {
        foreach (int i in Own)
        {
            tensors[prefix + Parameters[i].Name] = StoredTensor.Of<float>(Values(i), _tensors[i].Sizes);
        }
    }
}
