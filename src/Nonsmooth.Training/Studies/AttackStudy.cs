using Nonsmooth.Data;
using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Randomness;
using Nonsmooth.Selections;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Studies;

/// <summary>What two selections make of an attack whose clamp is in the gradient: of a robustness that is measured by it, and of training on it.</summary>
/// <remarks>Programs are compiled once. Both selections of a seed have the same start and the same batches, drawn with replacement. Not thread-safe.</remarks>
public sealed class AttackStudy : IDisposable
{
    private const int _chunk = 500;
    private readonly Dataset _data;
    private readonly AttackStudyOptions _options;
    private readonly Disposables _owned = new();
    private readonly NetworkProgram _network;
    private readonly WorkerPool _pool;
    private readonly CompiledProgram _gradient;
    private readonly PixelAttack[] _inner;
    private readonly PixelAttack[] _measured;
    private readonly PixelAttack _judging;
    private readonly TorchTensor _images;
    private readonly TorchTensor _classes;
    private readonly PixelAccuracy _accuracy;

    /// <summary>Compiles the programs.</summary>
    /// <param name="network">A classifier of images.</param>
    /// <param name="data">Images whose pixels are from 0 to 1.</param>
    /// <param name="first">One selection.</param>
    /// <param name="second">The other.</param>
    /// <param name="options">How it is trained and attacked; null for the defaults.</param>
    /// <exception cref="NonsmoothException">Network and data do not fit, or there are fewer images than are asked for.</exception>
    public AttackStudy(Model network, Dataset data, Selection first, Selection second, AttackStudyOptions? options = null)
    {
        (_data, _options) = (data, options ?? new());
        if (_options.Attacked < 1 || _options.Attacked > data.Test.Count)
        {
            throw new NonsmoothException($"{_options.Attacked} test images are to be attacked: the data have {data.Test.Count}, give 1 to {data.Test.Count}");
        }

        int chunk = Math.Min(_chunk, _options.Attacked);
        _network = network.Build(_options.Batch);
        _pool = _owned.Add(new WorkerPool(1));
        _gradient = _owned.Add(new LibTorchExecutor().Compile(_network.Gradient()));
        _inner = [_owned.Add(new ClampedAttack(network, _options.Batch, first)), _owned.Add(new ClampedAttack(network, _options.Batch, second))];
        _measured = [_owned.Add(new ClampedAttack(network, chunk, first)), _owned.Add(new ClampedAttack(network, chunk, second))];
        _judging = _owned.Add(new ProjectedAttack(network, chunk));
        _accuracy = _owned.Add(new PixelAccuracy(network, data.Test, chunk));
        _images = _owned.Add(TorchTensor.Zeros([_options.Batch, data.Shape.Channels, data.Shape.Height, data.Shape.Width]));
        _classes = _owned.Add(TorchTensor.Zeros([_options.Batch], TorchDtype.Int64));
    }

    /// <summary>Trains on images as they are, and attacks that one network under both selections.</summary>
    /// <param name="seed">Of the parameters and the batches.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public AttackOutcome Measure(ulong seed, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        using var parameters = Train(seed, _options.Steps, null, progress, cancellation);
        double clean = _accuracy.Of(parameters, cancellation);
        double[] robust = [.. _measured.Select(a => _accuracy.Of(parameters, cancellation, (_options.Attacked, a, _options.Measured)))];
        return new AttackOutcome(clean, clean, robust[0], robust[1]);
    }

    /// <summary>Trains on attacked images under each selection, and attacks each network by what no selection changes.</summary>
    /// <param name="seed">Of the parameters and the batches.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public AttackOutcome Harden(ulong seed, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var judging = _options.Judging with { Random = new CounterRandom(seed).Derive("judging attack") };
        (double Clean, double Robust) Of(int side)
        {
            var half = progress is null ? null : new HalfProgress(progress, side);
            using var parameters = Train(seed, _options.AdversarialSteps, _inner[side], half, cancellation);
            return (_accuracy.Of(parameters, cancellation), _accuracy.Of(parameters, cancellation, (_options.Attacked, _judging, judging)));
        }

        var (first, second) = (Of(0), Of(1));
        return new AttackOutcome(first.Clean, second.Clean, first.Robust, second.Robust);
    }

    /// <inheritdoc/>
    public void Dispose() => _owned.Dispose();

    private ParameterSet Train(ulong seed, int steps, PixelAttack? attack, IProgress<double>? progress, CancellationToken cancellation)
    {
        var parameters = new ParameterSet(_network.Parameters, seed);
        using var optimizer = _options.Optimizer.Build(parameters.Slots, _pool);
        var random = new CounterRandom(seed).Derive("batches").Sequence();
        int[] examples = new int[_options.Batch];
        nint[] gradients = new nint[parameters.Slots.Count];
        try
        {
            for (int step = 0; step < steps; step++)
            {
                cancellation.ThrowIfCancellationRequested();
                foreach (ref int example in examples.AsSpan())
                {
                    example = random.NextInt32(_data.Train.Count);
                }

                _data.Train.Fill(examples, _images.AsSpan<float>(), _classes.AsSpan<long>());
                attack?.Run(parameters, _images.AsSpan<float>(), _classes.AsSpan<long>(), _options.Inner);
                _gradient.Run([_images, _classes, .. parameters.Tensors]);
                for (int i = 0; i < gradients.Length; i++)
                {
                    gradients[i] = _gradient.OutputPointer(1 + i);
                }

                optimizer.Step(gradients, _options.Rate);
                progress?.Report((step + 1.0) / steps);
            }
        }
        catch
        {
            parameters.Dispose();
            throw;
        }

        return parameters;
    }

    private sealed class HalfProgress(IProgress<double> whole, int half) : IProgress<double>
    {
        public void Report(double value) => whole.Report((half + value) / 2);
    }
}
