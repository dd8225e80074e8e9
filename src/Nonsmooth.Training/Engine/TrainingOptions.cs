using Nonsmooth.Data;
using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Optimizers;
using Nonsmooth.Optimizers.Schedules;
using Nonsmooth.Reliability.Ties;
using Nonsmooth.Selections;
using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Recipes;

namespace Nonsmooth.Training.Engine;

/// <summary>What is trained, on what, and how.</summary>
/// <remarks>
/// The bits of a run are a function of these options (all but the folder, the data workers, the number of epochs, the budget of memory, the
/// frequency of checkpoints and the telemetry), the machine and libtorch's number of threads, unless <see cref="SameBits"/>.
/// </remarks>
public sealed record TrainingOptions
{
    /// <summary>The network; its input and classes must be those of the data set.</summary>
    public required Model Network { get; init; }

    /// <summary>The examples.</summary>
    public required Dataset Dataset { get; init; }

    /// <summary>What users call the optimizer, for reports. Default <c>innaprop</c>.</summary>
    public string OptimizerName { get; init; } = InnapropOptions.Entry.Name;

    /// <summary>The optimizer. Default INNAprop with its defaults.</summary>
    public OptimizerOptions Optimizer { get; init; } = new InnapropOptions();

    /// <summary>
    /// The file that parameters and buffers start from: a checkpoint, or safetensors of the network's names or of its
    /// published ones (<see cref="Model.Published"/>). A classifier of another number of classes is left out, with a
    /// notice. Default none: they are drawn from the seed. Adapters need one.
    /// </summary>
    public string? Weights { get; init; }

    /// <summary>The learning rate of every step where there is no schedule. Default 0.001.</summary>
    public double Rate { get; init; } = 1e-3;

    /// <summary>The learning rate by step. Default none, which means <see cref="Rate"/>.</summary>
    public IRateSchedule? Schedule { get; init; }

    /// <summary>Examples in a batch; all of them where there are fewer. A last, smaller batch is left out. Default 128.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>
    /// Batches in a step, which takes the mean of their gradients: the step of one large batch up to rounding, but for
    /// normalisation and dropout, which see each batch alone. What is left over of an epoch is left out. Default 1.
    /// </summary>
    public int Accumulate { get; init; } = 1;

    /// <summary>The largest 2-norm of all gradients together; longer ones are shortened to it. Default none.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>What the gradient is multiplied by while it is computed. Default <see cref="Engine.LossScale.Usual"/>.</summary>
    public LossScale? LossScale { get; init; }

    /// <summary>When to end before <see cref="Epochs"/>. Default never.</summary>
    public EarlyStop? EarlyStop { get; init; }

    /// <summary>Passes over the training half. Default 1.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>The seed of the first parameters and of the order of the examples. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>What backprop takes at kinks. Default libtorch's choices.</summary>
    public Selection Selection { get; init; } = Selection.Default;

    /// <summary>The format of the arithmetic; parameters and optimizer states stay in single precision. Default that too.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>Where loss and gradient are computed; the optimizer works in the processor's memory. Default the processor.</summary>
    /// <remarks>On a GPU every step copies the parameters there and the gradients back.</remarks>
    public Device Device { get; init; } = Device.Cpu;

    /// <summary>Whether the processor runs the plan of a GPU, which tests of machines without one do.</summary>
    internal bool AsOnGpu { get; init; }

    /// <summary>
    /// The most bytes that a step's loss and gradient hold at once, parameters and batch included, optimizer states and the
    /// process not: parts of the forward pass are computed again, with the same bits. Default none: everything is kept, or,
    /// where a run is resumed, what it had.
    /// </summary>
    public long? MemoryBudget { get; init; }

    /// <summary>Where checkpoints, <c>metrics.csv</c> and <c>run.json</c> go. Default none: nothing is written.</summary>
    public string? OutputFolder { get; init; }

    /// <summary>Whether to go on with the run in the folder, if there is one. Default false: a folder with a run is refused.</summary>
    public bool Resume { get; init; }

    /// <summary>Steps between checkpoints. Default 0: one after each epoch.</summary>
    public int CheckpointEverySteps { get; init; }

    /// <summary>Threads of libtorch's operators and of the optimizer. Default 0: libtorch's own choice.</summary>
    public int Threads { get; init; }

    /// <summary>
    /// Whether the bits shall not depend on the number of threads: libtorch's operators, whose sums are split by thread, then
    /// take one; optimizer, sums of gradients and data take <see cref="Threads"/>, or one a processor. Default false.
    /// </summary>
    public bool SameBits { get; init; }

    /// <summary>Threads that prepare the next batch while one is trained on; the bits do not depend on it. Default 1.</summary>
    public int DataWorkers { get; init; } = 1;

    /// <summary>The recipe that these options came from, which <c>run.json</c> keeps so that it can rerun them. Default none.</summary>
    public Recipe? Recipe { get; init; }

    /// <summary>Steps between counts of ties, the first step included, taken while the step's own gradient is computed. Default 0: none.</summary>
    /// <remarks>With a folder they go to <c>telemetry.csv</c>; an observer hears of them in any case.</remarks>
    public int TelemetryEverySteps { get; init; }

    /// <summary>What is counted then. Default without near ties, which would cost more; format, selection, draws and batches are the run's.</summary>
    public TieOptions Telemetry { get; init; } = new() { NearUlps = 0 };

    /// <summary>Whether the test half is evaluated after the last epoch only; the others have NaN for it.</summary>
    internal bool EvaluateLastOnly { get; init; }

    internal double RateAt(long step) => Schedule?.RateAt(step) ?? Rate;

    internal LossScale Scale => LossScale ?? Engine.LossScale.Usual(Precision);

    /// <summary>Whether loss, accuracy and tie counts also go to an event file for TensorBoard in the folder. Default false.</summary>
    public bool TensorBoard { get; init; }
}
