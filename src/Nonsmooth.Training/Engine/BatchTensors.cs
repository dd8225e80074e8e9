using Nonsmooth.Data;
using Nonsmooth.LibTorch;
using Nonsmooth.Tensors;

namespace Nonsmooth.Training.Engine;

/// <summary>The inputs of a loss program: reused memory for a batch and its targets, the parameters, then the step or the buffers, then a seed.</summary>
internal sealed class BatchTensors : IDisposable
{
    private readonly TorchTensor _x;
    private readonly TorchTensor _targets;
    private readonly TorchTensor? _step;
    private readonly TorchTensor[] _inputs;
    private readonly int _unseeded;
    private readonly int _bytes;
    private readonly int _targetsOfOne;

    public BatchTensors(int batch, NetworkInput examples, ParameterSet parameters, IEnumerable<TorchTensor> buffers, bool usesStep, TorchTensor? seed = null)
    {
        Batch = batch;
        _x = Memory(examples.Batch(batch));
        _targets = Memory(examples.Targets(batch));
        _step = usesStep ? TorchTensor.Empty([], TorchDtype.Int64) : null;
        _inputs = [_x, _targets, .. parameters.Tensors, .. buffers];
        if (_step is not null)
        {
            _inputs = [.. _inputs, _step];
        }

        _unseeded = _inputs.Length;
        _inputs = seed is null ? _inputs : [.. _inputs, seed];

        _targetsOfOne = (int)(_targets.ElementCount / batch);
        _bytes = (int)(_x.ElementCount / batch) * (_x.Dtype == TorchDtype.Int64 ? sizeof(long) : sizeof(float));
    }

    public int Batch { get; }

    public ReadOnlySpan<TorchTensor> Inputs => _inputs;

    /// <summary>The inputs without the seed, which others own: those of the network's gradient.</summary>
    public ReadOnlySpan<TorchTensor> Unseeded => _inputs.AsSpan(0, _unseeded);

    public ReadOnlySpan<long> Targets => _targets.AsSpan<long>();

    /// <summary>Takes the examples; the step decides which elements a dropout drops.</summary>
    public void Fill(DataSplit split, ReadOnlySpan<int> indices, long step = 0, EpochDraw? draw = null)
    {
        FillShare(split, indices, 0, 1, draw);
        Step(step);
    }

    /// <summary>Takes one worker's part of the examples.</summary>
    public unsafe void FillShare(DataSplit split, ReadOnlySpan<int> indices, int worker, int workers, EpochDraw? draw)
    {
        int first = (int)((long)indices.Length * worker / workers);
        int end = (int)((long)indices.Length * (worker + 1) / workers);
        var x = new Span<byte>((byte*)_x.DataPointer + ((long)first * _bytes), (end - first) * _bytes);
        split.Fill(indices[first..end], x, _targets.AsSpan<long>().Slice(first * _targetsOfOne, (end - first) * _targetsOfOne), draw);
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
        _x.Dispose();
        _targets.Dispose();
        _step?.Dispose();
    }

    private static TorchTensor Memory(TensorType type) => TorchTensor.Empty(
        [.. type.Shape.Select(s => (long)s)], type.Kind == ElementKind.Index ? TorchDtype.Int64 : TorchDtype.Float32);
}
