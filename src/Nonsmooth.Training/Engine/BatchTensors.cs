using Nonsmooth.LibTorch;
using Nonsmooth.Training.Data;

namespace Nonsmooth.Training.Engine;

/// <summary>The inputs of a loss program: reused memory for a batch and its classes, then the parameters.</summary>
internal sealed class BatchTensors : IDisposable
{
    private readonly TorchTensor _images;
    private readonly TorchTensor _targets;
    private readonly TorchTensor[] _inputs;

    public BatchTensors(int batch, ImageShape shape, ParameterSet parameters)
    {
        Batch = batch;
        _images = TorchTensor.Empty([batch, shape.Channels, shape.Height, shape.Width]);
        _targets = TorchTensor.Empty([batch], TorchDtype.Int64);
        _inputs = [_images, _targets, .. parameters.Tensors];
    }

    public int Batch { get; }

    public ReadOnlySpan<TorchTensor> Inputs => _inputs;

    public ReadOnlySpan<long> Targets => _targets.AsSpan<long>();

    public void Fill(DataSplit split, ReadOnlySpan<int> indices) =>
        split.Fill(indices, _images.AsSpan<float>(), _targets.AsSpan<long>());

    public void Dispose()
    {
        _images.Dispose();
        _targets.Dispose();
    }
}
