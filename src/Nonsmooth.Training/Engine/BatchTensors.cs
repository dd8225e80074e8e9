using Nonsmooth.LibTorch;
using Nonsmooth.Training.Data;

namespace Nonsmooth.Training.Engine;

/// <summary>The inputs of a loss program: reused memory for a batch and its classes, the parameters, then the step or the buffers.</summary>
internal sealed class BatchTensors : IDisposable
{
    private readonly TorchTensor _images;
    private readonly TorchTensor _targets;
    private readonly TorchTensor? _step;
    private readonly TorchTensor[] _inputs;

    public BatchTensors(int batch, ImageShape shape, ParameterSet parameters, IEnumerable<TorchTensor> buffers, bool usesStep)
    {
        Batch = batch;
        _images = TorchTensor.Empty([batch, shape.Channels, shape.Height, shape.Width]);
        _targets = TorchTensor.Empty([batch], TorchDtype.Int64);
        _step = usesStep ? TorchTensor.Empty([], TorchDtype.Int64) : null;
        _inputs = [_images, _targets, .. parameters.Tensors, .. buffers];
        if (_step is not null)
        {
            _inputs = [.. _inputs, _step];
        }
    }

    public int Batch { get; }

    public ReadOnlySpan<TorchTensor> Inputs => _inputs;

    public ReadOnlySpan<long> Targets => _targets.AsSpan<long>();

    /// <summary>Takes the examples; the step decides which elements a dropout drops.</summary>
    public void Fill(DataSplit split, ReadOnlySpan<int> indices, long step = 0)
    {
        split.Fill(indices, _images.AsSpan<float>(), _targets.AsSpan<long>());
        if (_step is not null)
        {
            _step.AsSpan<long>()[0] = step;
        }
    }

    public void Dispose()
    {
        _images.Dispose();
        _targets.Dispose();
        _step?.Dispose();
    }
}
