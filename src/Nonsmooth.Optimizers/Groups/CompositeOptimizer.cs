using Nonsmooth.Optimizers.Kernels;
using Nonsmooth.Optimizers.Workers;

namespace Nonsmooth.Optimizers;

/// <summary>Several optimizers, each of its own slots, that step as one. All rates are checked before any part moves.</summary>
internal sealed class CompositeOptimizer : Optimizer
{
    private readonly OptimizerPart[] _parts;
    private readonly long[] _stepCounts;
    private bool _closed;

    public CompositeOptimizer(OptimizerOptions options, ParameterSlot[] slots, WorkerPool pool, OptimizerPart[] parts)
        : base(slots, pool)
    {
        Options = options;
        _parts = parts;
        _stepCounts = new long[slots.Length];
        ILookup<string, StateTensor> states = parts.SelectMany(part => part.Optimizer.States).ToLookup(state => state.Parameter);
        States = [.. slots.SelectMany(slot => states[slot.Name])];
    }

    public override OptimizerOptions Options { get; }

    /// <summary>The optimizers of which it is made.</summary>
    public IReadOnlyList<OptimizerPart> Parts => _parts;

    public override IReadOnlyList<StateTensor> States { get; }

    public override ReadOnlySpan<long> StepCounts
    {
        get
        {
            foreach (OptimizerPart part in _parts)
            {
                ReadOnlySpan<long> counts = part.Optimizer.StepCounts;
                for (int i = 0; i < counts.Length; i++)
                {
                    _stepCounts[part.Slots[i]] = counts[i];
                }
            }

            return _stepCounts;
        }
    }

    public override LaneWidth Lanes
    {
        get => base.Lanes;
        set
        {
            base.Lanes = value;
            foreach (OptimizerPart part in _parts)
            {
                part.Optimizer.Lanes = value;
            }
        }
    }

    public override bool HasEvaluationWeights => _parts.Any(part => part.Optimizer.HasEvaluationWeights);

    internal override bool IsClosed => _closed;

    internal override void CheckRate(double rate)
    {
        foreach (OptimizerPart part in _parts)
        {
            part.Optimizer.CheckRate(rate * part.RateFactor);
        }
    }

    internal override void Advance(ReadOnlySpan<nint> gradients, double rate, double gradientScale)
    {
        foreach (OptimizerPart part in _parts)
        {
            for (int i = 0; i < part.Slots.Length; i++)
            {
                part.Gradients[i] = gradients[part.Slots[i]];
            }

            part.Optimizer.Advance(part.Gradients, rate * part.RateFactor, gradientScale);
        }
    }

    internal override void SetStepCounts(ReadOnlySpan<long> counts)
    {
        foreach (OptimizerPart part in _parts)
        {
            var own = new long[part.Slots.Length];
            for (int i = 0; i < own.Length; i++)
            {
                own[i] = counts[part.Slots[i]];
            }

            part.Optimizer.SetStepCounts(own);
        }
    }

    internal override void WriteEvaluationWeights()
    {
        foreach (OptimizerPart part in _parts)
        {
            part.Optimizer.WriteEvaluationWeights();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _closed = true;
            foreach (OptimizerPart part in _parts)
            {
                part.Optimizer.Dispose();
            }
        }
    }
}
