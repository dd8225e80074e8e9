using Nonsmooth.Optimizers.Kernels;
using Nonsmooth.Optimizers.Workers;

namespace Nonsmooth.Optimizers;

/// <summary>
/// Updates float32 parameters in place from their gradients, in one pass over memory. Made by
/// <see cref="OptimizerOptions.Build"/>.
/// </summary>
/// <remarks>
/// The parameters' memory stays the caller's; the states are the optimizer's and go with
/// <see cref="Dispose()"/>. A step allocates no managed memory and gives the same bits for any number of
/// threads and any vector width. One step at a time: an instance is not thread-safe.
/// </remarks>
public abstract partial class Optimizer : IDisposable
{
    private readonly WorkerPool _pool;

    private protected Optimizer(ParameterSlot[] slots, WorkerPool pool)
    {
        Slots = slots;
        _pool = pool;
    }

    /// <summary>The options it was built from.</summary>
    public abstract OptimizerOptions Options { get; }

    /// <summary>What it updates, in the order <see cref="Step(ReadOnlySpan{nint}, double, double)"/> takes gradients.</summary>
    public IReadOnlyList<ParameterSlot> Slots { get; }

    /// <summary>All state tensors, slot by slot; what a checkpoint must keep, with <see cref="StepCounts"/>.</summary>
    public abstract IReadOnlyList<StateTensor> States { get; }

    /// <summary>How many steps each slot has taken; steps without a gradient do not count.</summary>
    public abstract ReadOnlySpan<long> StepCounts { get; }

    /// <summary>The widest vectors a step may use; every choice gives the same bits.</summary>
    public virtual LaneWidth Lanes { get; set; }

    /// <summary>Whether the weights to evaluate are others than those in training.</summary>
    public virtual bool HasEvaluationWeights => false;

    internal abstract bool IsClosed { get; }

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
    public void Step(ReadOnlySpan<nint> gradients, double rate, double gradientScale = 1)
    {
        CheckGradients(gradients);
        if (!double.IsFinite(gradientScale))
        {
            throw new NonsmoothException($"gradientScale is {gradientScale}: give a finite number, or skip the step");
        }

        CheckRate(rate);
        Advance(gradients, rate, gradientScale);
    }

    /// <summary>Sets <see cref="StepCounts"/>, after the contents of <see cref="States"/> were restored.</summary>
    /// <exception cref="NonsmoothException">There is not one count per slot, or one is negative.</exception>
    public void RestoreStepCounts(ReadOnlySpan<long> counts)
    {
        if (counts.Length != Slots.Count)
        {
            throw new NonsmoothException($"{counts.Length} step counts for {Slots.Count} parameters: give one per parameter");
        }

        foreach (long count in counts)
        {
            if (count < 0)
            {
                throw new NonsmoothException($"step count {count} is negative: give how many steps were taken");
            }
        }

        SetStepCounts(counts);
    }

    /// <summary>
    /// Puts the weights to evaluate where the parameters are, until the result is disposed. For most
    /// optimizers the parameters themselves; the averages for the schedule-free one.
    /// </summary>
    public EvaluationWeights UseEvaluationWeights()
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        var kept = new EvaluationWeights(HasEvaluationWeights ? Slots : []);
        WriteEvaluationWeights();
        return kept;
    }

    /// <summary>Frees the states.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the states.</summary>
    protected abstract void Dispose(bool disposing);

    /// <summary>Throws where a step at this rate cannot be taken, before anything changes.</summary>
    internal abstract void CheckRate(double rate);

    internal abstract void Advance(ReadOnlySpan<nint> gradients, double rate, double gradientScale);

    internal abstract void SetStepCounts(ReadOnlySpan<long> counts);

    internal virtual void WriteEvaluationWeights()
    {
    }

    private void CheckGradients(ReadOnlySpan<nint> gradients)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        if (gradients.Length != Slots.Count)
        {
            throw new NonsmoothException(
                $"{gradients.Length} gradients for {Slots.Count} parameters: give one address per parameter, 0 where there is none");
        }
    }

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
