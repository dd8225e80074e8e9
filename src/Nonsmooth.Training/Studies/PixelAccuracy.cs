using Nonsmooth.Data;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Studies;

/// <summary>The share of images that a classifier classifies rightly, as they are or attacked, in whole batches.</summary>
internal sealed class PixelAccuracy : IDisposable
{
    private readonly DataSplit _split;
    private readonly int _batch;
    private readonly CompiledProgram _logits;
    private readonly TorchTensor _images;
    private readonly int _classes;

    public PixelAccuracy(Model network, DataSplit split, int batch)
    {
        (_split, _batch) = (split, batch);
        var program = network.Build(batch).Logits;
        _classes = program.Types[program.Outputs[0].Value].Shape[^1];
        _logits = new LibTorchExecutor().Compile(program);
        _images = TorchTensor.Zeros([batch, split.Shape.Channels, split.Shape.Height, split.Shape.Width]);
    }

    /// <summary>Over the first images, or all; what whole batches leave is left out.</summary>
    public unsafe double Of(ParameterSet parameters, CancellationToken cancellation, (int Count, PixelAttack By, AttackSteps Steps)? attack = null)
    {
        int batches = (attack?.Count ?? _split.Count) / _batch;
        int[] examples = new int[_batch];
        long[] labels = new long[_batch];
        int right = 0;
        for (int b = 0; b < batches; b++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int i = 0; i < _batch; i++)
            {
                examples[i] = (b * _batch) + i;
            }

            _split.Fill(examples, _images.AsSpan<float>(), labels);
            if (attack is { } how)
            {
                how.By.Run(parameters, _images.AsSpan<float>(), labels, how.Steps with { Random = how.Steps.Random.Derive((ulong)b) });
            }

            _logits.Run([_images, .. parameters.Tensors]);
            var logits = new ReadOnlySpan<float>((float*)_logits.OutputPointer(0), _batch * _classes);
            for (int i = 0; i < _batch; i++)
            {
                right += Largest(logits.Slice(i * _classes, _classes)) == labels[i] ? 1 : 0;
            }
        }

        return (double)right / (batches * _batch);
    }

    public void Dispose()
    {
        _logits.Dispose();
        _images.Dispose();
    }

    private static int Largest(ReadOnlySpan<float> logits)
    {
        int largest = 0;
        for (int c = 1; c < logits.Length; c++)
        {
            largest = logits[c] > logits[largest] ? c : largest;
        }

        return largest;
    }
}
