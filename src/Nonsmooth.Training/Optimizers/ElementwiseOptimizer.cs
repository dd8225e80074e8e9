using Nonsmooth.Training.Optimizers.Kernels;
using Nonsmooth.Training.Workers;

namespace Nonsmooth.Training.Optimizers;

/// <summary>Applies one rule to every coordinate of every slot, on all workers of a pool.</summary>
internal sealed unsafe class ElementwiseOptimizer<TRule, TOptions> : Optimizer, IWorkerTask
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
        _states = new StateBuffer(slots, TRule.StateCount);
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

    internal override void WriteEvaluationWeights()
    {
        for (int slot = 0; TRule.HasEvaluationWeights && slot < _slots.Length; slot++)
        {
            var theta = (float*)_slots[slot].Values;
            for (long i = 0; _stepCounts[slot] > 0 && i < _slots[slot].Length; i++)
            {
                theta[i] = TRule.EvaluationWeight(_options, theta[i], State(0, slot)[i], State(1, slot)[i]);
            }
        }
    }

    void IWorkerTask.Execute(int worker, int workers)
    {
        foreach (SlotRange range in _shares[worker])
        {
            int slot = range.Slot;
            if (_gradients[slot] == 0)
            {
                continue;
            }

            Sweep<TRule>.Run(
                in _rules[slot],
                Lanes,
                _scale,
                (float*)_slots[slot].Values + range.Start,
                (float*)_gradients[slot] + range.Start,
                State(0, slot) + range.Start,
                State(1, slot) + range.Start,
                State(2, slot) + range.Start,
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

    private float* State(int state, int slot) => state < TRule.StateCount ? _states.Address(state, slot) : null;

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

    private void InitializeStates(int slot)
    {
        for (int state = 0; state < TRule.StateCount; state++)
        {
            var factor = (float)TRule.InitialFactor(_options, state);
            if (factor == 0)
            {
                continue;
            }

            var theta = (float*)_slots[slot].Values;
            float* values = _states.Address(state, slot);
            for (long i = 0; i < _slots[slot].Length; i++)
            {
                values[i] = factor * theta[i];
            }
        }
    }

    private double AdvanceTally(int slot, double rate)
    {
        if (!TRule.HasTally)
        {
            return 0;
        }

        Span<float> parts = _tallies.AsSpan(slot * Tally.Length, Tally.Length);
        var before = new RuleStep(rate, _stepCounts[slot], _slots[slot].Decay, Tally.Read<float>(parts));
        return Tally.Write(parts, TRule.NextTally(_options, before));
    }

    private IEnumerable<StateTensor> StatesOf(ParameterSlot slot, int index)
    {
        for (int state = 0; state < TRule.StateCount; state++)
        {
            yield return new StateTensor(slot.Name, TRule.StateNames[state], Address(state, index), slot.Length);
        }

        if (TRule.HasTally)
        {
            nint address = System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(_tallies, index * Tally.Length);
            yield return new StateTensor(slot.Name, Tally.Name, address, Tally.Length);
        }
    }

    private nint Address(int state, int slot) => (nint)_states.Address(state, slot);
}
