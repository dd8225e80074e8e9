using System.Runtime.InteropServices;
using Nonsmooth.Optimizers.Kernels;
using Nonsmooth.Optimizers.Workers;

namespace Nonsmooth.Optimizers;

/// <summary>Applies one rule to every coordinate of every slot, on all workers of a pool.</summary>
internal sealed unsafe partial class ElementwiseOptimizer<TRule, TOptions> : Optimizer, IWorkerTask
    where TRule : struct, IUpdateRule<TRule, float, TOptions>
    where TOptions : OptimizerOptions
{
    private readonly TOptions _options;
    private readonly ParameterSlot[] _slots;
    private readonly WorkerPool _pool;
    private readonly Action<string>? _onWarning;
    private readonly StateBuffer _states;
    private readonly SlotRange[][] _shares;
    private readonly long[] _stepCounts;
    private readonly float[] _tallies;
    private readonly float[] _scratch;
    private readonly TRule[] _rules;
    private readonly nint[] _gradients;
    private float _scale;
    private bool _warned;

    public ElementwiseOptimizer(TOptions options, ParameterSlot[] slots, WorkerPool pool, Action<string>? onWarning)
        : base(slots, pool)
    {
        _options = options;
        _slots = slots;
        _pool = pool;
        _onWarning = onWarning;
        _states = new StateBuffer(slots, TRule.StateCount, options.StateFormat);
        bool narrow = options.StateFormat != NumberFormat.Float32 || slots.Any(slot => slot.Format != NumberFormat.Float32);
        _scratch = GC.AllocateArray<float>(narrow ? pool.Threads * BlockSweep<TRule>.Scratch : 0, pinned: true);
        _stepCounts = new long[slots.Length];
        _rules = new TRule[slots.Length];
        _gradients = new nint[slots.Length];
        _shares = [.. Enumerable.Range(0, pool.Threads).Select(share => SlotShare.Of(slots, share, pool.Threads))];
        _tallies = GC.AllocateArray<float>(TRule.HasTally ? slots.Length * Tally.Length : 0, pinned: true);
        States = [.. slots.SelectMany(StatesOf)];
    }

    public override OptimizerOptions Options => _options;

    public override IReadOnlyList<StateTensor> States { get; }

    public override ReadOnlySpan<long> StepCounts => _stepCounts;

    public override bool HasEvaluationWeights => TRule.HasEvaluationWeights;

    internal override bool IsClosed => _states.IsClosed;

    internal override void CheckRate(double rate)
    {
        for (int i = 0; i < _stepCounts.Length; i++)
        {
            if (i == 0 || _stepCounts[i] != _stepCounts[i - 1])
            {
                _options.ValidateStep(rate, _stepCounts[i] + 1);
            }
        }

        if (!_warned && _onWarning is not null && _options.WarningFor(rate) is { } warning)
        {
            _warned = true;
            _onWarning(warning);
        }
    }

    internal override void Advance(ReadOnlySpan<nint> gradients, double rate, double gradientScale)
    {
        _scale = (float)(_options.Maximize ? -gradientScale : gradientScale);
        Prepare(gradients, rate);
        _pool.Run(this);
    }

    internal override void SetStepCounts(ReadOnlySpan<long> counts) => counts.CopyTo(_stepCounts);

    void IWorkerTask.Execute(int worker, int workers)
    {
        foreach (SlotRange range in _shares[worker])
        {
            int slot = range.Slot;
            if (_gradients[slot] == 0)
            {
                continue;
            }

            var operands = new BlockOperands(
                slot, _stepCounts[slot], _slots[slot].Values, _slots[slot].Format, _gradients[slot], State(0, slot), State(1, slot), State(2, slot), _options.StateFormat);
            if (operands.ThetaFormat != NumberFormat.Float32 || operands.StateFormat != NumberFormat.Float32)
            {
                var scratch = (float*)Marshal.UnsafeAddrOfPinnedArrayElement(_scratch, worker * BlockSweep<TRule>.Scratch);
                BlockSweep<TRule>.Run(in _rules[slot], Lanes, _scale, in operands, scratch, range.Start, range.End);
                continue;
            }

            Sweep<TRule>.Run(
                in _rules[slot],
                Lanes,
                _scale,
                (float*)operands.Theta + range.Start,
                (float*)operands.Gradient + range.Start,
                (float*)operands.First + range.Start,
                (float*)operands.Second + range.Start,
                (float*)operands.Third + range.Start,
                range.End - range.Start);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _states.Dispose();
        }
    }

    private void Prepare(ReadOnlySpan<nint> gradients, double rate)
    {
        gradients.CopyTo(_gradients);
        int previous = -1;
        RuleStep last = default;
        for (int i = 0; i < _slots.Length; i++)
        {
            if (gradients[i] == 0)
            {
                continue;
            }

            // Neighbours nearly always share their step, and a rule costs an exponential or two.
            var at = new RuleStep(rate, ++_stepCounts[i], _slots[i].Decay, AdvanceTally(i, rate));
            _rules[i] = previous >= 0 && at == last ? _rules[previous] : TRule.Create(_options, at);
            if (at.Count == 1)
            {
                InitializeStates(i);
            }

            (previous, last) = (i, at);
        }
    }
}
