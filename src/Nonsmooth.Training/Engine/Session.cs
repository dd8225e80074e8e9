using System.Globalization;
using Nonsmooth.Cluster;
using Nonsmooth.Data;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Optimizers;
using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Shards;

namespace Nonsmooth.Training.Engine;

/// <summary>A model ready to be trained step by step: its programs, compiled once, its parameters, and a feed of batches.</summary>
/// <remarks>
/// <para>A step fills the inputs, runs one program (the loss and its backprop) for each shard and lets the optimizer update the
/// parameters in place; it allocates no managed memory. The bits are a function of the options.</para>
/// <para>Not thread-safe, but sessions beside each other do not disturb each other: libtorch's number of threads is given to the calling
/// thread for the time of a call (<see cref="LibTorchThreads.Use"/>). <see cref="TrainingRun"/> adds a folder, checkpoints and reports.</para>
/// <para>Over ranks each makes a session with the same options and takes the same steps and evaluations: each computes its shards of a step, and all have the
/// same parameters after it, to the bit those of one process (<see cref="RunSettings.Shards"/>).</para>
/// </remarks>
public sealed class Session : IDisposable
{
    // An update of so few numbers is shorter than waking another thread.
    private bool _disposed;
    private const long ParametersPerThread = 1 << 18;

    // Often enough that a step's leavings are small beside what is returned at once.
    private const int StepsBetweenReturns = 16;

    private readonly TrainingOptions _options;
    private readonly TimeProvider _time;
    private readonly Disposables _owned = new();
    private readonly FreedMemory _freed = new();
    private readonly BatchFeed _feed;
    private readonly StepSums _sums;
    private readonly StepRunner _runner;
    private readonly Func<DataSplit, Evaluator> _evaluatorOf;
    private Evaluator? _evaluator;

    /// <summary>Checks the options and compiles the programs.</summary>
    /// <param name="options">What to train and how; what they say of folders is not for a session.</param>
    /// <param name="notice">Hears what the user should see; null for nobody.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="ranks">Who shares each step, all of whom make one; borrowed. Null for this process alone.</param>
    /// <exception cref="NonsmoothException">An option cannot be used, model and data do not fit, no gradient fits the budget of memory, or the ranks differ.</exception>
    public Session(TrainingOptions options, Action<string>? notice = null, TimeProvider? time = null, ICommunicator? ranks = null)
        : this(RankSetup.Agreed(options, ranks ?? new SingleCommunicator()), notice, time, options.MemoryBudget, options.Weights, ranks ?? new SingleCommunicator())
    {
    }

    /// <summary>Begins from the given weights, or from drawn ones for null, within a budget of memory.</summary>
    internal Session(TrainingOptions options, Action<string>? notice, TimeProvider? time, long? budget, string? weights, ICommunicator ranks)
    {
        TrainingCheck.Validate(options);
        (_options, _time, Ranks) = (options, time ?? TimeProvider.System, ranks);
        var plan = ShardPlan.Of(options.Shards ?? 1, options.Accumulate, ranks);
        var data = options.Dataset;
        int batch = Math.Min(options.BatchSize, data.Train.Count);
        (Shards, ShardSize) = (plan.PerStep, batch / plan.Shards);
        var order = new BatchOrder(data.Train.Count, ShardSize, options.Seed) { DropLast = true };
        try
        {
            Threads = RunThreads.LibTorch(options);
            int own = RunThreads.Own(options, ranks.Hosts.Count(host => host == ranks.Hosts[ranks.Rank]));
            using var threads = LibTorchThreads.Use(Threads);
            var programs = Model.Build(ShardSize);
            var execution = new ExecutionOptions
            {
                Precision = options.Precision, Device = options.Device, AsOnGpu = options.AsOnGpu, ConvertedWhereRead = options.Weights is null ? programs.Narrow : new HashSet<string>(),
            };
            var executor = new LibTorchExecutor(execution);
            foreach (string warning in Model.Notes.Concat(ProgramWarnings.Of(programs.Loss)))
            {
                notice?.Invoke(warning);
            }

            Parameters = _owned.Add(new ParameterSet(programs.Parameters, options.Seed, options.Weights is null));
            ParameterCount = programs.Trained.Sum(p => p.Shape.Count64);
            var pool = _owned.Add(new WorkerPool((int)Math.Clamp(ParameterCount / ParametersPerThread, 1, own)));
            States = _owned.Add(new StateShare(options.Optimizer, Parameters.Slots, ranks, options.ShardStates, pool, notice));
            Buffers = _owned.Add(new BufferSet(programs.Buffers, options.Seed, options.Precision, Parameters));
            Scaler = options.Scale.IsNone ? null : _owned.Add(new LossScaler(options.Scale, options.Precision));
            Borders = new BorderWatch(options.AtBorders, notice);
            var watched = new LibTorchExecutor(execution with { OneSided = Borders.Found });
            Gradient = _owned.Add(new GradientProgram(watched, programs, options.Selection, options.Precision, Buffers, budget, Scaler is not null));
            _evaluatorOf = split => _owned.Add(new Evaluator(executor, Model, split, batch, Parameters, Buffers, options.Precision, ranks));
            if (weights is not null)
            {
                StartWeights.Load(weights, Model, Parameters, Buffers, notice ?? (_ => { }));
            }

            BatchTensors Batch() => new(ShardSize, Model, data.Train, Parameters, [], programs.UsesStep, Scaler?.Seed);
            _feed = _owned.Add(new BatchFeed(order, options.Epochs, options.DataWorkers, _time, plan, Batch(), Batch()));
            StepsPerEpoch = _feed.StepsPerEpoch;
            _sums = _owned.Add(new StepSums(Gradient, Parameters.Slots, Buffers, pool, plan, ranks, options.BucketLength, _time));
            _runner = new StepRunner(options, Gradient, _sums, States, _feed, Scaler, plan, ranks, _time) { Borders = Borders };
        }
        catch
        {
            _owned.Dispose();
            throw;
        }
    }

    /// <summary>What is trained.</summary>
    public Model Model => _options.Network;

    /// <summary>The parameters, as they are now; valid until the session is disposed.</summary>
    public ParameterSet Parameters { get; }

    /// <summary>Trainable numbers.</summary>
    public long ParameterCount { get; }

    /// <summary>Parts of a step whose gradients are computed by themselves and averaged: shards of each of its batches.</summary>
    public int Shards { get; }

    /// <summary>Examples of one shard.</summary>
    public int ShardSize { get; }

    /// <summary>Examples of one step.</summary>
    public int StepSize => ShardSize * Shards;

    /// <summary>Steps of an epoch.</summary>
    public int StepsPerEpoch { get; }

    /// <summary>Threads of libtorch's operators.</summary>
    public int Threads { get; }

    /// <summary>Steps done.</summary>
    public long StepsDone => Progress.Step;

    /// <summary>Where it stands.</summary>
    internal RunProgress Progress { get; } = new();

    /// <summary>What updates the parameters.</summary>
    internal StateShare States { get; }

    /// <summary>What updates this rank's share of the parameters.</summary>
    internal Optimizer Optimizer => States.Optimizer;

    /// <summary>Who shares the steps.</summary>
    internal ICommunicator Ranks { get; }

    /// <summary>Time that sums over ranks took, and that steps waited for them.</summary>
    internal (TimeSpan Busy, TimeSpan Exposed) Communication => _sums.Communication;

    internal BufferSet Buffers { get; }

    internal LossScaler? Scaler { get; }

    internal GradientProgram Gradient { get; }

    internal BorderWatch Borders { get; }

    /// <summary>Runs the first gradient of each step in the session's stead, if set.</summary>
    internal RunTelemetry? Telemetry
    {
        set => _runner.Telemetry = value;
    }

    /// <summary>Time spent in steps, waits for batches included and evaluations left out.</summary>
    internal TimeSpan Stepping { get; private set; }

    /// <summary>Time that steps waited for batches.</summary>
    internal TimeSpan Waited => _feed.Waited;

    /// <summary>Where the time of its steps went.</summary>
    internal RunTimes Times => new(
        Waited, Stepping - Waited - Communication.Exposed - _runner.Updating, Communication.Exposed, _runner.Updating, TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>Takes what steps are left of the options' epochs, one each time the loop asks.</summary>
    /// <exception cref="DivergedException">A loss or a gradient is not finite; the parameters are those before that step.</exception>
    public IEnumerable<SessionStep> Steps()
    {
        while (Progress.Epoch < _options.Epochs && (Progress.Epoch + 1 < _options.Epochs || Progress.Batch < StepsPerEpoch))
        {
            yield return Step();
        }
    }

    /// <summary>Takes one step.</summary>
    /// <exception cref="DivergedException">A loss or a gradient is not finite; the parameters are those before that step.</exception>
    public SessionStep Step()
    {
        var outcome = TryStep();
        return outcome.Fault is { } fault
            ? throw Diverged(fault, Progress.Step + 1, outcome.Mend)
            : new SessionStep(Progress.Step, Progress.Epoch + 1, outcome.Loss, Progress.Batch == StepsPerEpoch);
    }

    /// <summary>Loss and metrics over every example of a split, with the optimizer's weights to evaluate.</summary>
    /// <param name="split">The examples; null for the test half. Each split that is given compiles programs, which are kept.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public EvaluationResult Evaluate(DataSplit? split = null, CancellationToken cancellation = default)
    {
        var evaluator = split is null ? _evaluator ??= _evaluatorOf(_options.Dataset.Test) : _evaluatorOf(split);
        return TryEvaluate(evaluator, cancellation) ?? throw new OperationCanceledException(cancellation);
    }

    /// <summary>Releases native memory.</summary>
    public void Dispose()
    {
        _disposed = true;
        _owned.Dispose();
        FreedMemory.Trim();
    }

    /// <summary>Measures a split as often as wanted; it goes with the session.</summary>
    internal Evaluator EvaluatorOf(DataSplit split) => _evaluatorOf(split);

    /// <summary>Null where it was cancelled.</summary>
    internal EvaluationResult? TryEvaluate(Evaluator evaluator, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        using var threads = LibTorchThreads.Use(Threads);
        using var weights = States.UseEvaluationWeights();
        return evaluator.Run(cancellation);
    }

    /// <summary>Takes a step; where it comes back with a fault, everything is as it was.</summary>
    /// <param name="stop">Whether this rank asks all to end after it.</param>
    internal StepOutcome TryStep(bool stop = false)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        using var threads = LibTorchThreads.Use(Threads);
        long begun = _time.GetTimestamp();
        if (Progress.Batch == StepsPerEpoch)
        {
            Progress.NextEpoch();
        }

        long step = Progress.Step + 1;
        var outcome = _runner.Run(Progress.Epoch, Progress.Batch, step, _options.RateAt(step), stop);
        if (outcome.Fault is not null)
        {
            return outcome;
        }

        if (step % StepsBetweenReturns == 0)
        {
            _freed.Return();
        }

        Progress.Step = step;
        Progress.Batch++;
        Progress.LossSum += outcome.Loss;
        Stepping += _time.GetElapsedTime(begun);
        return outcome;
    }

    internal DivergedException Diverged(string what, long step, string? mend, string where = "") => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{what} at step {step} with rate {_options.RateAt(step)} in epoch {Progress.Epoch + 1}: {mend ?? "lower the rate, or check the data"}{where}"));
}
