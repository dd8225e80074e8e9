using Nonsmooth.Data;
using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Tensors;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Engine;

/// <summary>The inputs of a loss program: reused memory for the fields of a batch, the parameters, then the step or the buffers, then a seed.</summary>
internal sealed class BatchTensors : IDisposable
{
    private readonly DataSplit _split;
    private readonly TorchTensor[] _fields;
    private readonly int[] _sources;
    private readonly int[] _bytes;
    private readonly TorchTensor? _step;
    private readonly TorchTensor[] _inputs;
    private readonly int _unseeded;

    /// <summary>Takes memory for so many examples of a split, of which the model takes some fields.</summary>
    public BatchTensors(
        int batch, Model model, DataSplit split, ParameterSet parameters, IEnumerable<TorchTensor> buffers, bool usesStep, TorchTensor? seed = null)
    {
        (Batch, Fields, _split) = (batch, model.Examples, split);
        _fields = [.. Fields.Select(f => Memory(f.Batch(batch)))];
        _sources = [.. Fields.Select(f => split.Examples.IndexOf(f.Name))];
        _bytes = [.. Fields.Select(f => f.Bytes)];
        _step = usesStep ? TorchTensor.Empty([], TorchDtype.Int64) : null;
        _inputs = [.. _fields, .. parameters.Tensors, .. buffers];
        if (_step is not null)
        {
            _inputs = [.. _inputs, _step];
        }

        _unseeded = _inputs.Length;
        _inputs = seed is null ? _inputs : [.. _inputs, seed];
    }

    public int Batch { get; }

    /// <summary>The fields of the batch, the first inputs in this order.</summary>
    public FieldList Fields { get; }

    public ReadOnlySpan<TorchTensor> Inputs => _inputs;

    /// <summary>The inputs without the seed, which others own: those of the model's gradient.</summary>
    public ReadOnlySpan<TorchTensor> Unseeded => _inputs.AsSpan(0, _unseeded);

    /// <summary>The memory of a field.</summary>
    public TorchTensor this[int field] => _fields[field];

    /// <summary>Takes the examples; the step decides which elements a dropout drops.</summary>
    public void Fill(ReadOnlySpan<int> indices, long step = 0, EpochDraw? draw = null)
    {
        FillShare(indices, 0, 1, draw);
        Step(step);
    }

    /// <summary>Takes one worker's part of the examples.</summary>
    public unsafe void FillShare(ReadOnlySpan<int> indices, int worker, int workers, EpochDraw? draw)
    {
        int first = (int)((long)indices.Length * worker / workers);
        int end = (int)((long)indices.Length * (worker + 1) / workers);
        for (int f = 0; f < _fields.Length; f++)
        {
            var share = new Span<byte>((byte*)_fields[f].DataPointer + ((long)first * _bytes[f]), (end - first) * _bytes[f]);
            _split.Fill(indices[first..end], _sources[f], share, draw);
        }
    }

    /// <summary>Takes the number of the step.</summary>
    public void Step(long step)
    {
        if (_step is not null)
        {
            _step.AsSpan<long>()[0] = step;
        }
    }

    public void Dispose()
    {
        foreach (var field in _fields)
        {
            field.Dispose();
        }

        _step?.Dispose();
    }

    private static TorchTensor Memory(TensorType type) => TorchTensor.Empty(
        [.. type.Shape.Select(s => (long)s)], type.Kind == ElementKind.Index ? TorchDtype.Int64 : TorchDtype.Float32);
}
