using Nonsmooth.Cluster;
using Nonsmooth.Data.Arrays;
using Nonsmooth.Data.Files;
using Nonsmooth.Training.Checkpoints;

namespace Nonsmooth.Training.Engine;

/// <summary>A session from beginning to end, with a folder, checkpoints and reports: the same bits every time, and safe to kill.</summary>
/// <remarks>
/// A run that was cancelled or killed and then resumed, any number of times, by any number of ranks that its shards allow, ends with the bits of one that was not.
/// </remarks>
public sealed class TrainingRun : IDisposable
{
    private readonly TrainingOptions _options;
    private readonly ITrainingObserver? _observer;
    private readonly TimeProvider _time;
    private readonly RunConfiguration _configuration;
    private readonly Disposables _owned = new();
    private readonly RunFolder? _folder;
    private readonly RunProgress _progress;
    private readonly Evaluator _evaluator;
    private readonly RunTelemetry _telemetry;
    private readonly RunCheckpoint _checkpoint;
    private readonly StepsFile? _steps;
    private readonly long? _budget;
    private TimeSpan _evaluating;
    private TimeSpan _saving;
    private long _begun;

    /// <summary>Checks the options, takes the folder, compiles the programs and restores a run that is to be resumed.</summary>
    /// <param name="options">What to train and how.</param>
    /// <param name="observer">Hears of the progress; null for none.</param>
    /// <param name="time">For the seconds in reports; null for the system's clock.</param>
    /// <param name="files">What writes checkpoints and reports; null for the disk.</param>
    /// <param name="ranks">Who trains it together, all of whom make one; borrowed. Rank 0 writes, and all read checkpoints. Null for this process alone.</param>
    /// <exception cref="NonsmoothException">
    /// An option cannot be used, model and data do not fit, no gradient fits the budget of memory, the folder has a run
    /// that is not to be resumed, or the run in it has other settings.
    /// </exception>
    public TrainingRun(TrainingOptions options, ITrainingObserver? observer = null, TimeProvider? time = null, IFileSystem? files = null, ICommunicator? ranks = null)
    {
        TrainingCheck.Validate(options);
        Foresight.Step(options);
        ranks ??= new SingleCommunicator();
        (_observer, _time) = (observer, time ?? TimeProvider.System);
        try
        {
            _folder = options.OutputFolder is { } path && ranks.Rank == 0 ? _owned.Add(RunFolder.Open(path, options.Resume, files)) : null;

            // The folder is rank 0's before others look into it.
            ranks.Barrier();
            var point = !options.Resume ? null : _folder is not null ? _folder.Checkpoints.Resume() : new CheckpointFolder(options.OutputFolder!, files).Resume();
            _options = options = RankSetup.Sharded(options, ranks.Size, point?.Checkpoint.State?.Config);
            _configuration = RunConfiguration.Of(options, point?.Checkpoint.State?.Config);
            if (ranks.Size > 1)
            {
                RankSetup.Agree(ranks, _configuration, point);
            }

            _budget = options.MemoryBudget ?? RunCheckpoint.BudgetOf(point);
            Session = _owned.Add(new Session(options, Notice, _time, _budget, point is null ? options.Weights : null, ranks));
            _progress = Session.Progress;
            _evaluator = Session.EvaluatorOf(options.Dataset.Test);
            _checkpoint = new RunCheckpoint(
                _progress, options.Network.Metrics, Session.Parameters, Session.Buffers, Session.States, Session.Scaler, options.Seed, _configuration, Session.Threads, _budget);
            Restore(point);
            _telemetry = _owned.Add(new RunTelemetry(Session.Gradient, ranks.Rank == 0 ? options : options with { TelemetryEverySteps = 0 }, _folder?.Path, _progress.Step, observer, _time));
            Session.Telemetry = _telemetry;
            _steps = _folder is null ? null : _owned.Add(new StepsFile(_folder.Path, _progress.Step, (long)options.Epochs * Session.StepsPerEpoch));
        }
        catch
        {
            _owned.Dispose();
            throw;
        }
    }

    /// <summary>What takes the steps; it goes with the run.</summary>
    public Session Session { get; }

    /// <summary>Trains to the end, or until it is cancelled; called again, it goes on.</summary>
    /// <param name="cancellation">The step that is running is finished and a checkpoint saved.</param>
    /// <exception cref="NonsmoothException">
    /// The loss is not finite (the parameters are those before that step), or a parameter is not when it should be evaluated or saved;
    /// the last checkpoint stays. Or a file cannot be written.
    /// </exception>
    public TrainingResult Train(CancellationToken cancellation = default)
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
            _steps?.Write(_progress.Step, seconds, Times);
        }

        _progress.SecondsBefore = seconds;
        return Finish(plan, seconds, interrupted);
    }

    /// <summary>Releases native memory and the folder.</summary>
    public void Dispose() => _owned.Dispose();

    private void Restore(ResumePoint? point)
    {
        if (!_options.Resume || _options.OutputFolder is not { } folder)
        {
            return;
        }

        if (point is null)
        {
            Notice($"nothing to resume in '{folder}': starting from the beginning");
            return;
        }

        if (point.Notice is not null)
        {
            Notice(point.Notice);
        }

        int threads = _checkpoint.Restore(point, folder);
        if (_progress.Batch > Session.StepsPerEpoch || _progress.Step != ((long)_progress.Epoch * Session.StepsPerEpoch) + _progress.Batch)
        {
            throw new NonsmoothException(
                $"'{point.Path}' claims step {_progress.Step} in epoch {_progress.Epoch} after {_progress.Batch} of its {Session.StepsPerEpoch} steps, which does not add up: use another copy");
        }

        foreach (string difference in RunMachine.Differences(point.Checkpoint.State!.Machine))
        {
            Notice($"the run was saved {difference}: its last bits may differ");
        }

        if (_options.Weights is { } weights && !File.Exists(weights))
        {
            Notice($"'{weights}' is not there any more; the checkpoint holds every weight");
        }

        if (threads != Session.Threads)
        {
            Notice($"the run had {threads} threads and goes on with {Session.Threads}: sums are split otherwise, so its last bits may differ");
        }
    }

    /// <summary>Runs what is left of an epoch; false where it was cancelled.</summary>
    private bool RunEpoch(TrainingPlan plan, CancellationToken cancellation)
    {
        long begun = _time.GetTimestamp();
        int first = _progress.Batch;
        bool alone = Session.Ranks.Size == 1, stopped = false;
        while (_progress.Batch < plan.StepsPerEpoch)
        {
            // One rank alone may end at once; of several all end after the step in which one asks.
            if (stopped || (alone && cancellation.IsCancellationRequested))
            {
                return false;
            }

            var outcome = Session.TryStep(!alone && cancellation.IsCancellationRequested);
            stopped = outcome.Stop;
            if (outcome.Fault is { } fault)
            {
                throw Diverged(fault, _progress.Step + 1, outcome.Mend);
            }

            if (_observer is not null)
            {
                double seconds = _time.GetElapsedTime(begun).TotalSeconds;
                double images = (double)(_progress.Batch - first) * Session.StepSize;
                _observer.Step(new StepReport(_progress.Step, plan.Steps, _progress.Epoch + 1, outcome.Loss, seconds > 0 ? images / seconds : 0));
            }

            _steps?.Add(outcome.Loss);
            if (_options.CheckpointEverySteps > 0 && _progress.Step % _options.CheckpointEverySteps == 0 && _progress.Batch < plan.StepsPerEpoch)
            {
                Save(Seconds());
            }

            // The line of an epoch's last step tells of its evaluation too.
            if (_steps is not null && _progress.Batch < plan.StepsPerEpoch && Seconds() is var now && _steps.IsDue(_progress.Step, now))
            {
                _steps.Write(_progress.Step, now, Times);
            }
        }

        return !stopped && EndEpoch(plan.StepsPerEpoch, cancellation);
    }

    private bool EndEpoch(int steps, CancellationToken cancellation)
    {
        RequireFinite();
        bool skip = _options.EvaluateLastOnly && _progress.Epoch + 1 < _options.Epochs;
        long begun = _time.GetTimestamp();
        if ((skip ? EvaluationResult.None(Session.Model) : Session.TryEvaluate(_evaluator, cancellation)) is not { } test)
        {
            return false;
        }

        _evaluating += _time.GetElapsedTime(begun);

        double seconds = Seconds();
        var report = new EpochReport(
            _progress.Epoch + 1, _progress.Step, _options.RateAt(_progress.Step), _progress.LossSum / steps, test.Loss, test.Accuracy, seconds) { Metrics = test.Metrics };
        _progress.History.Add(report);
        _progress.NextEpoch();
        bool isBest = EarlyStop.Best(_progress.History, _options.EarlyStop?.ByLoss ?? false) == _progress.History.Count - 1;
        begun = _time.GetTimestamp();
        if (Whole(seconds) is { } checkpoint)
        {
            var best = isBest ? EvaluationWeights() : null;
            _folder?.Save(checkpoint, best, _progress.History);
        }

        _saving += _time.GetElapsedTime(begun);
        _steps?.Write(_progress.Step, seconds, Times);
        _telemetry.EpochEnded(report);
        _observer?.EpochEnded(report);
        return true;
    }

    private Dictionary<string, StoredTensor> EvaluationWeights()
    {
        var tensors = new Dictionary<string, StoredTensor>();
        using (Session.States.UseEvaluationWeights())
        {
            if (Session.States.Optimizer.HasEvaluationWeights)
            {
                Session.Parameters.Save(tensors, ParameterSet.EvaluationPrefix);
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
            IsText = _options.Dataset.Examples.Tokens is not null,
            WaitShare = Session.Stepping > TimeSpan.Zero ? Session.Waited / Session.Stepping : null,
            LossScale = Session.Scaler?.Scale,
            SkippedSteps = Session.Scaler?.Skipped ?? 0,
            StoppedEarly = StoppedEarly && _progress.Epoch < _options.Epochs,
            Ranks = Session.Ranks.Size,
            ExposedShare = Session.Ranks.Size > 1 && Session.Stepping > TimeSpan.Zero ? Session.Communication.Exposed / Session.Stepping : null,
        };
        if (Session.Borders.Total() is { } borders)
        {
            Notice(borders);
        }

        if (_folder is null)
        {
            return result;
        }

        _folder.RequireHeld();
        RunFile.Write(_folder.RunPath, _options, _configuration, plan, result, _folder.FileSystem);
        return result with { Files = _folder.Files };
    }

    private TrainingPlan Plan() => new()
    {
        Network = _options.Network.Name,
        Data = _options.Dataset.Name,
        Optimizer = _options.OptimizerName,
        ParameterCount = Session.ParameterCount,
        BatchSize = Session.StepSize,
        StepsPerEpoch = Session.StepsPerEpoch,
        Epochs = _options.Epochs,
        StepsDone = _progress.Step,
        Threads = Session.Threads,
        Memory = Session.Gradient.Planned is { } planned ? new StepMemory(_budget!.Value, planned.Memory.Peak, planned.Extra.Total) : null,
        HostNodes = Session.Gradient.HostNodes,
    };

    private bool StoppedEarly => _options.EarlyStop?.Reached(_progress.History) ?? false;

    private double Seconds() => _progress.SecondsBefore + _time.GetElapsedTime(_begun).TotalSeconds;

    /// <summary>Parameters that are not finite must not push out the last good ones.</summary>
    private void RequireFinite()
    {
        if (Session.Parameters.FirstNotFinite() is { } name)
        {
            throw Diverged($"parameter '{name}' is not finite", _progress.Step);
        }
    }

    private DivergedException Diverged(string what, long step, string? mend = null)
    {
        string saved = _folder is not null && File.Exists(_folder.Checkpoints.LastPath)
            ? $"; '{_folder.Checkpoints.LastPath}' is from before"
            : "";
        return Session.Diverged(what, step, mend, $", and train into another folder{saved}");
    }

    private RunTimes Times => Session.Times with { Evaluation = _evaluating, Saving = _saving };

    private void Save(double seconds)
    {
        RequireFinite();
        long begun = _time.GetTimestamp();
        if (Whole(seconds) is { } checkpoint)
        {
            _folder?.Save(checkpoint);
        }

        _saving += _time.GetElapsedTime(begun);
    }

    /// <summary>What is to be saved, on rank 0; ranks that share states bring theirs. Null where nothing is written.</summary>
    private Checkpoint? Whole(double seconds) => _folder is not null || (_options.OutputFolder is not null && Session.States.IsShared) ? _checkpoint.Of(seconds) : null;

    private void Notice(string message) => _observer?.Notice(message);
}
