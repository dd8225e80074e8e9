using Nonsmooth.Training.Optimizers.Kernels;
using Nonsmooth.Training.Workers;

namespace Nonsmooth.Training.Optimizers;

/// <summary>
/// Updates float32 parameters in place from their gradients, in one pass over memory. Made by
/// <see cref="OptimizerOptions.Build"/>.
/// </summary>
/// <remarks>
/// The parameters' memory stays the caller's; the states are the optimizer's and go with
/// <see cref="Dispose()"/>. A step allocates no managed memory and gives the same bits for any number of
/// threads and any vector width. One step at a time: an instance is not thread-safe.
/// </remarks>
public abstract class Optimizer : IDisposable
{
    private protected Optimizer(ParameterSlot[] slots)
    {
        Slots = slots;
    }

    /// <summary>The options it was built from.</summary>
    public abstract OptimizerOptions Options { get; }

    /// <summary>What it updates, in the order <see cref="Step"/> takes gradients.</summary>
    public IReadOnlyList<ParameterSlot> Slots { get; }

    /// <summary>All state tensors, slot by slot; what a checkpoint must keep, with <see cref="StepCounts"/>.</summary>
    public abstract IReadOnlyList<StateTensor> States { get; }

    /// <summary>How many steps each slot has taken; steps without a gradient do not count.</summary>
    public abstract ReadOnlySpan<long> StepCounts { get; }

    /// <summary>The widest vectors a step may use; every choice gives the same bits.</summary>
    public LaneWidth Lanes { get; set; }

    /// <summary>Takes one step.</summary>
    /// <param name="gradients">
    /// One address per slot, of as many float32 numbers as the slot has; they may differ from step to
    /// step. 0 leaves that slot, its states and its step count as they are.
    /// </param>
    /// <param name="rate">
    /// The learning rate of this step, finite and ≥ 0; how it enters is the optimizer's. At 0 the
    /// parameters keep their values while averages and step counts advance.
    /// </param>
    /// <param name="gradientScale">
    /// Multiplies every gradient as it is read, e.g. to clip by a global norm or to undo a loss scale; finite.
    /// </param>
    /// <exception cref="NonsmoothException">
    /// A number is out of its range, or there is not one gradient per slot; nothing has changed then.
    /// </exception>
    public abstract void Step(ReadOnlySpan<nint> gradients, double rate, double gradientScale = 1);

    /// <summary>Sets <see cref="StepCounts"/>, after the contents of <see cref="States"/> were restored.</summary>
    /// <exception cref="NonsmoothException">There is not one count per slot, or one is negative.</exception>
    public abstract void RestoreStepCounts(ReadOnlySpan<long> counts);

    /// <summary>Frees the states.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the states.</summary>
    protected abstract void Dispose(bool disposing);

    /// <summary>An optimizer that applies <typeparamref name="TRule"/> to each coordinate: the way to add one.</summary>
    /// <param name="options">Checked here.</param>
    /// <param name="slots">What to update; no two may share a name or memory.</param>
    /// <param name="pool">Borrowed, not disposed.</param>
    /// <param name="onWarning">Called at most once, when a rate is allowed but ill-advised.</param>
    /// <exception cref="NonsmoothException">An option or a slot cannot be used.</exception>
    public static Optimizer Create<TRule, TOptions>(
        TOptions options, IReadOnlyList<ParameterSlot> slots, WorkerPool pool, Action<string>? onWarning)
        where TRule : struct, IUpdateRule<TRule, float, TOptions>
        where TOptions : OptimizerOptions
    {
        options.Validate();
        return new ElementwiseOptimizer<TRule, TOptions>(options, SlotCheck.Copy(slots), pool, onWarning);
    }
}
