using Nonsmooth.Data;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Optimizers;
using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Selections;
using Nonsmooth.Training.Engine;

namespace Nonsmooth.Training.Studies;

/// <summary>Trains one network from one seed under one selection and says where that ended, also where it diverged.</summary>
/// <remarks>The bits are a function of setup, selection and seed, the machine and libtorch's number of threads.</remarks>
public sealed class StudyRun : IDisposable
{
    // An update of so few numbers is shorter than waking another thread.
    private const long ParametersPerThread = 1 << 18;

    private readonly TrainingSetup _setup;
    private readonly ulong _seed;
    private readonly Disposables _owned = new();
    private readonly ParameterSet _parameters;
    private readonly Optimizer _optimizer;
    private readonly GradientProgram _gradient;
    private readonly BatchTensors _batch;
    private readonly Evaluator _evaluator;
    private readonly BatchOrder _order;

    /// <summary>Compiles the programs and draws the parameters.</summary>
    /// <param name="setup">What is trained.</param>
    /// <param name="selection">What backprop takes at kinks.</param>
    /// <param name="seed">Of the parameters and the order of the examples.</param>
    /// <exception cref="NonsmoothException">Network and data do not fit, or a number is out of its range.</exception>
    public StudyRun(TrainingSetup setup, Selection selection, ulong seed)
    {
        TrainingCheck.Validate(new TrainingOptions
        {
            Network = setup.Network, Dataset = setup.Dataset, BatchSize = setup.Batch, Rate = setup.Rate, Optimizer = setup.Optimizer,
        });
        if (setup.Steps is < 1)
        {
            throw new NonsmoothException($"steps is {setup.Steps}: give at least 1, or none for one epoch");
        }

        (_setup, _seed) = (setup, seed);
        int batch = Math.Min(setup.Batch, setup.Dataset.Train.Count);
        _order = new BatchOrder(setup.Dataset.Train.Count, batch, seed) { DropLast = true };
        try
        {
            var executor = new LibTorchExecutor(new ExecutionOptions { Precision = setup.Precision, Device = setup.Device });
            var network = setup.Network.Build(batch);
            _parameters = _owned.Add(new ParameterSet(network.Parameters, seed));
            long count = network.Parameters.Sum(p => p.Shape.Count64);
            var pool = _owned.Add(new WorkerPool((int)Math.Clamp(count / ParametersPerThread, 1, LibTorchThreads.Count)));
            _optimizer = _owned.Add(setup.Optimizer.Build(_parameters.Slots, pool));
            var buffers = _owned.Add(new BufferSet(network.Buffers, seed, setup.Precision));
            _gradient = _owned.Add(new GradientProgram(executor, network, selection, setup.Precision, buffers));
            _batch = _owned.Add(new BatchTensors(batch, setup.Network.Examples, _parameters, [], network.UsesStep));
            _evaluator = _owned.Add(new Evaluator(executor, setup.Network, setup.Dataset.Test, batch, _parameters, buffers, setup.Precision));
        }
        catch
        {
            _owned.Dispose();
            throw;
        }

        Round();
    }

    /// <summary>Trains to the last step or to the first number that is not finite, then evaluates.</summary>
    /// <param name="progress">Told the step that is done, from time to time.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public TrainingOutcome Run(IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        int epoch = _order.BatchesPerEpoch;
        int steps = _setup.Steps ?? epoch;
        int averaged = Math.Min(steps, epoch);
        double sum = 0;
        EpochOrder? order = null;
        for (int step = 0; step < steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            order = step % epoch == 0 ? _order.Epoch(step / epoch) : order!;
            _batch.Fill(_setup.Dataset.Train, order.Batch(step % epoch), step + 1);
            double loss = _gradient.Run(_batch);
            sum += step >= steps - averaged ? loss : 0;
            if (double.IsFinite(loss))
            {
                _optimizer.Step(_gradient.Gradients, _setup.Rate);
                _gradient.Follow();
                _setup.Project?.Invoke(_parameters);
                Round();
            }

            bool whole = step == steps - 1 || step % epoch == epoch - 1;
            if (!double.IsFinite(loss) || (whole && _parameters.FirstNotFinite() is not null))
            {
                return Outcome(step + 1, step + 1, double.NaN, (double.NaN, double.NaN));
            }

            progress?.Report(step + 1);
        }

        using var weights = _optimizer.UseEvaluationWeights();
        var test = _evaluator.Run(cancellation) ?? throw new OperationCanceledException(cancellation);
        return Outcome(steps, null, sum / averaged, test);
    }

    /// <inheritdoc/>
    public void Dispose() => _owned.Dispose();

    private TrainingOutcome Outcome(long steps, long? notFinite, double train, (double Loss, double Accuracy) test) =>
        new(_seed, steps, notFinite, train, test.Loss, test.Accuracy, [.. _parameters.Parameters.Select((_, i) => _parameters.Values(i).ToArray())]);

    private void Round()
    {
        if (!_setup.Pure)
        {
            return;
        }

        for (int i = 0; i < _parameters.Parameters.Count; i++)
        {
            FormatRounding.InPlace(_parameters.Values(i), _setup.Precision);
        }

        foreach (var state in _optimizer.States.Where(s => s.Format == NumberFormat.Float32))
        {
            FormatRounding.InPlace(state.AsSpan(), _setup.Precision);
        }
    }
}
