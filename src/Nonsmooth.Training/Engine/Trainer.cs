using System.Globalization;
using Nonsmooth.Data;
using Nonsmooth.Data.Files;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Optimizers;
using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Training.Checkpoints;
using Nonsmooth.Training.Telemetry;

namespace Nonsmooth.Training.Engine;

/// <summary>Trains a network on a data set: compiled once, the same bits every time, and safe to kill.</summary>
/// <remarks>
/// <para>A step fills the inputs, runs one program (the loss and its backprop) and lets the optimizer update the
/// parameters in place; it allocates no managed memory.</para>
/// <para>A run that was cancelled or killed and then resumed, any number of times, ends with the bits of one that was
/// not. Not thread-safe; libtorch's number of threads belongs to the process.</para>
/// </remarks>
public sealed class Trainer : IDisposable
{
    // An update of so few numbers is shorter than waking another thread.
    private const long ParametersPerThread = 1 << 18;

    // Often enough that a step's leavings are small beside what is returned at once.
    private const int StepsBetweenReturns = 16;

    private readonly TrainingOptions _options;
    private readonly ITrainingObserver? _observer;
    private readonly TimeProvider _time;
    private readonly RunProgress _progress = new();
    private readonly RunConfiguration _configuration;
    private readonly Disposables _owned = new();
    private readonly FreedMemory _freed = new();
    private readonly RunFolder? _folder;
    private readonly Optimizer _optimizer;
    private readonly GradientProgram _gradient;
    private readonly BatchFeed _feed;
    private readonly int _stepSize;
    private readonly int _stepsPerEpoch;
    private readonly Func<DataSplit, Evaluator> _evaluatorOf;
    private readonly Evaluator _evaluator;
    private readonly RunTelemetry _telemetry;
    private readonly LossScaler? _scaler;
    private readonly StepRunner _runner;
    private readonly RunCheckpoint _checkpoint;
    private readonly long? _budget;
    private readonly int _threads;
    private long _begun;
    private TimeSpan _stepping;

    /// <summary>Checks the options, takes the folder, compiles the programs and restores a run that is to be resumed.</summary>
    /// <param name="options">What to train and how.</param>
    /// <param name="observer">Hears of the progress; null for none.</param>
    /// <param name="time">For the seconds in reports; null for the system's clock.</param>
    /// <param name="files">What writes checkpoints and reports; null for the disk.</param>
    /// <exception cref="NonsmoothException">
    /// An option cannot be used, network and data do not fit, no gradient fits the budget of memory, the folder has a run
    /// that is not to be resumed, or the run in it has other settings.
    /// </exception>
    public Trainer(TrainingOptions options, ITrainingObserver? observer = null, TimeProvider? time = null, IFileSystem? files = null)
    {
        TrainingCheck.Validate(options);
        (_options, _observer, _time) = (options, observer, time ?? TimeProvider.System);
        int batchSize = Math.Min(options.BatchSize, options.Dataset.Train.Count);
        var order = new BatchOrder(options.Dataset.Train.Count, batchSize, options.Seed) { DropLast = true };
        (_stepSize, _stepsPerEpoch) = (batchSize * options.Accumulate, order.BatchesPerEpoch / options.Accumulate);
        try
        {
            _folder = options.OutputFolder is { } path ? _owned.Add(RunFolder.Open(path, options.Resume, files)) : null;
            var point = options.Resume ? _folder?.Checkpoints.Resume() : null;
            _configuration = RunConfiguration.Of(options, point?.Checkpoint.State?.Config);
            _budget = options.MemoryBudget ?? RunCheckpoint.BudgetOf(point);
            var executor = new LibTorchExecutor(new ExecutionOptions { Precision = options.Precision, Device = options.Device, AsOnGpu = options.AsOnGpu });
            (_threads, int own) = RunThreads.Set(options);
            var network = options.Network.Build(batchSize);
            Parameters = _owned.Add(new ParameterSet(network.Parameters, options.Seed));
            ParameterCount = network.Trained.Sum(p => p.Shape.Count64);
            var pool = _owned.Add(new WorkerPool((int)Math.Clamp(ParameterCount / ParametersPerThread, 1, own)));
            _optimizer = _owned.Add(options.Optimizer.Build(Parameters.Slots, pool, Notice));
            var buffers = _owned.Add(new BufferSet(network.Buffers, options.Seed, options.Precision));
            _scaler = options.Scale.IsNone ? null : _owned.Add(new LossScaler(options.Scale, options.Precision));
            _gradient = _owned.Add(new GradientProgram(executor, network, options.Selection, options.Precision, buffers, _budget, _scaler is not null));
            _evaluatorOf = split => _owned.Add(new Evaluator(executor, options.Network, split, batchSize, Parameters, buffers, options.Precision));
            _evaluator = _evaluatorOf(options.Dataset.Test);
            if (point is null && options.Weights is { } weights)
            {
                StartWeights.Load(weights, options.Network, Parameters, buffers, Notice);
            }

            _checkpoint = new RunCheckpoint(_progress, Parameters, buffers, _optimizer, _scaler, options.Seed, _configuration, _threads, _budget);
            Restore(point);
            BatchTensors Batch() => new(batchSize, options.Network.Examples, Parameters, [], network.UsesStep, _scaler?.Seed);
            _feed = _owned.Add(new BatchFeed(options.Dataset.Train, order, options.Epochs, options.DataWorkers, _time, Batch(), Batch())
            {
                BatchesPerEpoch = _stepsPerEpoch * options.Accumulate,
            });
            _telemetry = _owned.Add(new RunTelemetry(_gradient, options, _folder?.Path, _progress.Step, observer, _time));
            _runner = _owned.Add(new StepRunner(options, _gradient, _optimizer, pool, _feed, _telemetry, _scaler));
        }
        catch
        {
            _owned.Dispose();
            throw;
        }
    }

    /// <summary>The parameters, as they are now; valid until the trainer is disposed.</summary>
    public ParameterSet Parameters { get; }

    /// <summary>Trainable numbers.</summary>
    public long ParameterCount { get; }

    /// <summary>Trains to the end, or until it is cancelled; called again, it goes on.</summary>
    /// <param name="cancellation">The step that is running is finished and a checkpoint saved.</param>
    /// <exception cref="NonsmoothException">
    /// The loss is not finite (the parameters are those before that step), or a parameter is not when it should be evaluated or saved;
    /// the last checkpoint stays. Or a file cannot be written.
    /// </exception>
    public TrainingResult Run(CancellationToken cancellation = default)
    {
        _begun = _time.GetTimestamp();
        var plan = Plan();
        _observer?.Started(plan);
        if (_folder is not null)
        {
            MetricsFile.Write(_folder.MetricsPath, _progress.History, _folder.FileSystem);
            RunFile.Write(_folder.RunPath, _options, _configuration, plan, null, _folder.FileSystem);
        }

        bool interrupted = false;
        while (_progress.Epoch < _options.Epochs && !interrupted && !StoppedEarly)
        {
            interrupted = !RunEpoch(plan, cancellation);
        }

        double seconds = Seconds();
        if (interrupted)
        {
            Save(seconds);
        }

        _progress.SecondsBefore = seconds;
        return Finish(plan, seconds, interrupted);
    }

    /// <summary>What updates the parameters.</summary>
    internal Optimizer Optimizer => _optimizer;

    /// <summary>Time that this process has spent in steps, waits for batches included and evaluations left out.</summary>
    internal TimeSpan Stepping => _stepping;

    /// <summary>Measures another split than the test half, as often as wanted; it goes with the trainer.</summary>
    internal Evaluator EvaluatorOf(DataSplit split) => _evaluatorOf(split);

    /// <summary>Mean loss and accuracy of the weights to evaluate; null where it was cancelled.</summary>
    internal (double Loss, double Accuracy)? Evaluate(Evaluator evaluator, CancellationToken cancellation)
    {
        using var weights = _optimizer.UseEvaluationWeights();
        return evaluator.Run(cancellation);
    }

    /// <summary>Releases native memory and the folder.</summary>
    public void Dispose()
    {
        _owned.Dispose();
        FreedMemory.Trim();
    }

    private void Restore(ResumePoint? point)
    {
        if (!_options.Resume || _folder is null)
        {
            return;
        }

        if (point is null)
        {
            Notice($"nothing to resume in '{_folder.Path}': starting from the beginning");
            return;
        }

        if (point.Notice is not null)
        {
            Notice(point.Notice);
        }

        int threads = _checkpoint.Restore(point, _folder.Path);
        if (_options.Weights is { } weights && !File.Exists(weights))
        {
            Notice($"'{weights}' is not there any more; the checkpoint holds every weight");
        }

        if (threads != _threads)
        {
            Notice($"the run had {threads} threads and goes on with {_threads}: sums are split otherwise, so its last bits may differ");
        }
    }

    /// <summary>Runs what is left of an epoch; false where it was cancelled.</summary>
    private bool RunEpoch(TrainingPlan plan, CancellationToken cancellation)
    {
        long begun = _time.GetTimestamp();
        int first = _progress.Batch;
        while (_progress.Batch < _stepsPerEpoch)
        {
            if (cancellation.IsCancellationRequested)
            {
                return false;
            }

            double loss = Step();
            if (_observer is not null)
            {
                double seconds = _time.GetElapsedTime(begun).TotalSeconds;
                double images = (double)(_progress.Batch - first) * _stepSize;
                _observer.Step(new StepReport(_progress.Step, plan.Steps, _progress.Epoch + 1, loss, seconds > 0 ? images / seconds : 0));
            }

            if (_options.CheckpointEverySteps > 0 && _progress.Step % _options.CheckpointEverySteps == 0 && _progress.Batch < _stepsPerEpoch)
            {
                Save(Seconds());
            }
        }

        return EndEpoch(_stepsPerEpoch, cancellation);
    }

    private double Step()
    {
        long begun = _time.GetTimestamp();
        long step = _progress.Step + 1;
        var outcome = _runner.Run(_progress.Epoch, _progress.Batch, step, _options.RateAt(step));
        if (outcome.Fault is { } fault)
        {
            throw Diverged(fault, step, outcome.Mend);
        }

        if (step % StepsBetweenReturns == 0)
        {
            _freed.Return();
        }

        _progress.Step = step;
        _progress.Batch++;
        _progress.LossSum += outcome.Loss;
        _stepping += _time.GetElapsedTime(begun);
        return outcome.Loss;
    }

    private bool EndEpoch(int batches, CancellationToken cancellation)
    {
        RequireFinite();
        bool skip = _options.EvaluateLastOnly && _progress.Epoch + 1 < _options.Epochs;
        if ((skip ? (double.NaN, double.NaN) : Evaluate(_evaluator, cancellation)) is not { } test)
        {
            return false;
        }

        double seconds = Seconds();
        var report = new EpochReport(
            _progress.Epoch + 1, _progress.Step, _options.RateAt(_progress.Step), _progress.LossSum / batches, test.Loss, test.Accuracy, seconds);
        _progress.History.Add(report);
        _progress.Epoch++;
        (_progress.Batch, _progress.LossSum) = (0, 0);
        bool isBest = EarlyStop.Best(_progress.History, _options.EarlyStop?.ByLoss ?? false) == _progress.History.Count - 1;
        _folder?.Save(_checkpoint.Of(seconds), isBest ? EvaluationWeights() : null, _progress.History);
        _telemetry.EpochEnded(report);
        _observer?.EpochEnded(report);
        return true;
    }

    private Dictionary<string, StoredTensor> EvaluationWeights()
    {
        var tensors = new Dictionary<string, StoredTensor>();
        using (_optimizer.UseEvaluationWeights())
        {
            if (_optimizer.HasEvaluationWeights)
            {
                Parameters.Save(tensors, ParameterSet.EvaluationPrefix);
            }
        }

        return tensors;
    }

    private TrainingResult Finish(TrainingPlan plan, double seconds, bool interrupted)
    {
        var result = new TrainingResult
        {
            Network = plan.Network,
            Data = plan.Data,
            Optimizer = plan.Optimizer,
            Steps = _progress.Step,
            Seconds = seconds,
            History = [.. _progress.History],
            Files = new Dictionary<string, string>(),
            Interrupted = interrupted,
            Memory = plan.Memory,
            IsText = _options.Dataset.Examples is TokenInput,
            WaitShare = _stepping > TimeSpan.Zero ? _feed.Waited / _stepping : null,
            LossScale = _scaler?.Scale,
            SkippedSteps = _scaler?.Skipped ?? 0,
            StoppedEarly = StoppedEarly && _progress.Epoch < _options.Epochs,
        };
        if (_folder is null)
        {
            return result;
        }

        RunFile.Write(_folder.RunPath, _options, _configuration, plan, result, _folder.FileSystem);
        return result with { Files = _folder.Files };
    }

    private TrainingPlan Plan() => new()
    {
        Network = _options.Network.Name,
        Data = _options.Dataset.Name,
        Optimizer = _options.OptimizerName,
        ParameterCount = ParameterCount,
        BatchSize = _stepSize,
        StepsPerEpoch = _stepsPerEpoch,
        Epochs = _options.Epochs,
        StepsDone = _progress.Step,
        Threads = _threads,
        Memory = _gradient.Planned is { } planned ? new StepMemory(_budget!.Value, planned.Memory.Peak, planned.Extra.Total) : null,
        HostNodes = _gradient.HostNodes,
    };

    private bool StoppedEarly => _options.EarlyStop?.Reached(_progress.History) ?? false;

    private double Seconds() => _progress.SecondsBefore + _time.GetElapsedTime(_begun).TotalSeconds;

    /// <summary>Parameters that are not finite must not push out the last good ones.</summary>
    private void RequireFinite()
    {
        if (Parameters.FirstNotFinite() is { } name)
        {
            throw Diverged($"parameter '{name}' is not finite", _progress.Step);
        }
    }

    private DivergedException Diverged(string what, long step, string? mend = null)
    {
        string saved = _folder is not null && File.Exists(_folder.Checkpoints.LastPath)
            ? $"; '{_folder.Checkpoints.LastPath}' is from before"
            : "";
        return new DivergedException(string.Create(
            CultureInfo.InvariantCulture,
            $"{what} at step {step} with rate {_options.RateAt(step)} in epoch {_progress.Epoch + 1}: {mend ?? "lower the rate, or check the data"}, and train into another folder{saved}"));
    }

    private void Save(double seconds)
    {
        RequireFinite();
        _folder?.Checkpoints.SaveLast(_checkpoint.Of(seconds));
    }

    private void Notice(string message) => _observer?.Notice(message);
}
