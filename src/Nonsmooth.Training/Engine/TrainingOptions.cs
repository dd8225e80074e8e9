using Nonsmooth.Data;
using Nonsmooth.Optimizers;
using Nonsmooth.Optimizers.Schedules;
using Nonsmooth.Reliability.Ties;
using Nonsmooth.Selections;
using Nonsmooth.Settings;
using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Shards;

namespace Nonsmooth.Training.Engine;

/// <summary>What is trained, on what, and how.</summary>
/// <remarks>
/// The bits of a run are a function of these options (all but the folder, the data workers, the number of epochs, the budget of memory, the
/// frequency of checkpoints and the telemetry), the machine and libtorch's number of threads, unless <see cref="RunSettings.SameBits"/>.
/// </remarks>
public sealed record TrainingOptions : RunSettings
{
    /// <summary>Options of one pass.</summary>
    public TrainingOptions() => Epochs = 1;

    /// <summary>Options with the settings of a recipe.</summary>
    internal TrainingOptions(RunSettings settings) => Take(settings);

    /// <inheritdoc/>
    public override IReadOnlyList<Setting> Declared => TrainingSettings.All;

    /// <summary>The network; its input and classes must be those of the data set.</summary>
    public required Model Network { get; init; }

    /// <summary>The examples.</summary>
    public required Dataset Dataset { get; init; }

    /// <summary>What users call the optimizer, for reports. Default <c>innaprop</c>.</summary>
    public string OptimizerName { get; init; } = InnapropOptions.Entry.Name;

    /// <summary>The optimizer. Default INNAprop with its defaults.</summary>
    public OptimizerOptions Optimizer { get; init; } = new InnapropOptions();

    /// <summary>The learning rate of every step where there is no schedule. Default 0.001.</summary>
    public double Rate { get; init; } = 1e-3;

    /// <summary>The learning rate by step. Default none, which means <see cref="Rate"/>.</summary>
    public IRateSchedule? Schedule
    {
        get;
        init => (field, IsShaped) = (value, false);
    }

    /// <summary>The schedule that the settings' own texts describe, so that a resumed run is compared by them.</summary>
    internal IRateSchedule? Shaped { init => (Schedule, IsShaped) = (value, value is not null); }

    /// <summary>Whether the schedule is that of <see cref="Shaped"/>.</summary>
    internal bool IsShaped { get; private init; }

    /// <summary>What backprop takes at kinks. Default libtorch's choices.</summary>
    public Selection Selection { get; init; } = Selection.Default;

    /// <summary>What happens where gradients go through weakly active constraints of a solution layer, where they are one of several. Default <see cref="BorderRule.Warn"/>.</summary>
    public BorderRule AtBorders { get => Get(TrainingSettings.AtBorders); init => Set(TrainingSettings.AtBorders, value); }

    /// <summary>Whether the processor runs the plan of a GPU, which tests of machines without one do.</summary>
    internal bool AsOnGpu { get; init; }

    /// <summary>
    /// The most bytes that a step's loss and gradient hold at once, parameters and batch included, optimizer states and the
    /// process not: parts of the forward pass are computed again, with the same bits. Default none: everything is kept, or,
    /// where a run is resumed, what it had.
    /// </summary>
    public long? MemoryBudget { get => Get(TrainingSettings.MemoryBudget); init => Set(TrainingSettings.MemoryBudget, value); }

    /// <summary>Bytes of memory that there are: a step of a model file that is foreseen to hold more is refused. Default: what the machine has.</summary>
    public long? MachineMemory { get => Get(TrainingSettings.MachineMemory); init => Set(TrainingSettings.MachineMemory, value); }

    /// <summary>Where checkpoints, <c>metrics.csv</c>, <c>steps.csv</c> and <c>run.json</c> go. Default none: nothing is written.</summary>
    public string? OutputFolder { get => Get(TrainingSettings.Out); init => Set(TrainingSettings.Out, value); }

    /// <summary>Whether to go on with the run in the folder, if there is one. Default false: a folder with a run is refused.</summary>
    public bool Resume { get => Get(TrainingSettings.Resume); init => Set(TrainingSettings.Resume, value); }

    /// <summary>Steps between checkpoints. Default 0: one after each epoch.</summary>
    public int CheckpointEverySteps { get => Get(TrainingSettings.CheckpointEvery); init => Set(TrainingSettings.CheckpointEvery, value); }

    /// <summary>Threads that prepare the next batch while one is trained on; the bits do not depend on it. Default 1.</summary>
    public int DataWorkers { get => Get(TrainingSettings.DataWorkers); init => Set(TrainingSettings.DataWorkers, value); }

    /// <summary>The recipe that these options came from, as JSON, which <c>run.json</c> keeps so that it can rerun them. Default none.</summary>
    public string? Recipe { get; init; }

    /// <summary>Steps between counts of ties, the first step included, taken while the step's own gradient is computed. Default 0: none.</summary>
    /// <remarks>With a folder they go to <c>telemetry.csv</c>; an observer hears of them in any case.</remarks>
    public int TelemetryEverySteps { get => Get(TrainingSettings.Telemetry); init => Set(TrainingSettings.Telemetry, value); }

    /// <summary>What is counted then. Default without near ties, which would cost more; format, selection, draws and batches are the run's.</summary>
    public TieOptions Telemetry { get; init; } = new() { NearUlps = 0 };

    /// <summary>
    /// Over several ranks: whether each keeps the optimizer's states of a part of the parameters only, updates these and gives them to the others. The bits do not depend
    /// on it. Default false: every rank keeps all.
    /// </summary>
    public bool ShardStates { get => Get(TrainingSettings.ShardStates); init => Set(TrainingSettings.ShardStates, value); }

    /// <summary>Numbers of gradients that ranks add together at a time.</summary>
    internal int BucketLength { get; init; } = BucketSum.UsualLength;

    /// <summary>Whether the test half is evaluated after the last epoch only; the others have NaN for it.</summary>
    internal bool EvaluateLastOnly { get; init; }

    internal double RateAt(long step) => Schedule?.RateAt(step) ?? Rate;

    internal LossScale Scale => LossScale ?? Engine.LossScale.Usual(Precision);

    /// <summary>Whether loss, accuracy and tie counts also go to an event file for TensorBoard in the folder. Default false.</summary>
    public bool TensorBoard { get => Get(TrainingSettings.TensorBoard); init => Set(TrainingSettings.TensorBoard, value); }
}
