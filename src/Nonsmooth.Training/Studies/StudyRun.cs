using Nonsmooth.LibTorch.Native;
using Nonsmooth.Optimizers;
using Nonsmooth.Selections;
using Nonsmooth.Training.Engine;

namespace Nonsmooth.Training.Studies;

/// <summary>Trains one network from one seed under one selection and says where that ended, also where it diverged.</summary>
/// <remarks>The bits are a function of setup, selection and seed, the machine and libtorch's number of threads.</remarks>
public sealed class StudyRun : IDisposable
{
    private readonly TrainingSetup _setup;
    private readonly ulong _seed;
    private readonly Session _session;

    /// <summary>Compiles the programs and draws the parameters.</summary>
    /// <param name="setup">What is trained.</param>
    /// <param name="selection">What backprop takes at kinks.</param>
    /// <param name="seed">Of the parameters and the order of the examples.</param>
    /// <exception cref="NonsmoothException">Network and data do not fit, or a number is out of its range.</exception>
    public StudyRun(TrainingSetup setup, Selection selection, ulong seed)
    {
        if (setup.Steps is < 1)
        {
            throw new NonsmoothException($"steps is {setup.Steps}: give at least 1, or none for one epoch");
        }

        (_setup, _seed) = (setup, seed);
        _session = new Session(new TrainingOptions
        {
            Network = setup.Network,
            Dataset = setup.Dataset,
            Optimizer = setup.Optimizer,
            Rate = setup.Rate,
            BatchSize = setup.Batch,
            Epochs = 1 + ((setup.Steps ?? 1) / Math.Max(1, setup.StepsPerEpoch)),
            Selection = selection,
            Seed = seed,
            Precision = setup.Precision,
            Device = setup.Device,
            LossScale = LossScale.None,
            Threads = LibTorchThreads.Count,
        });
        Round();
    }

    /// <summary>Trains to the last step or to the first number that is not finite, then evaluates.</summary>
    /// <param name="progress">Told the step that is done, from time to time.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public TrainingOutcome Run(IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        int steps = _setup.Steps ?? _session.StepsPerEpoch;
        int averaged = Math.Min(steps, _session.StepsPerEpoch);
        double sum = 0;
        for (int step = 1; step <= steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            var outcome = _session.TryStep();
            bool faulty = outcome.Fault is not null;
            sum += step > steps - averaged ? outcome.Loss : 0;
            if (!faulty)
            {
                _setup.Project?.Invoke(_session.Parameters);
                Round();
            }

            bool whole = step == steps || step % _session.StepsPerEpoch == 0;
            if (faulty || (whole && _session.Parameters.FirstNotFinite() is not null))
            {
                return Outcome(step, step, double.NaN, EvaluationResult.None(_setup.Network));
            }

            progress?.Report(step);
        }

        return Outcome(steps, null, sum / averaged, _session.Evaluate(cancellation: cancellation));
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private TrainingOutcome Outcome(long steps, long? notFinite, double train, EvaluationResult test) =>
        new(_seed, steps, notFinite, train, test.Loss, test.Accuracy, [.. _session.Parameters.Own.Select(i => _session.Parameters.Values(i).ToArray())]);

    private void Round()
    {
        if (!_setup.Pure)
        {
            return;
        }

        foreach (int i in _session.Parameters.Own)
        {
            FormatRounding.InPlace(_session.Parameters.Values(i), _setup.Precision);
        }

        foreach (var state in _session.Optimizer.States.Where(s => s.Format == NumberFormat.Float32))
        {
            FormatRounding.InPlace(state.AsSpan(), _setup.Precision);
        }
    }
}
