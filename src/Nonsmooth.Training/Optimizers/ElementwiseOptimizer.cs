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
    private readonly TRule[] _rules;
    private readonly nint[] _gradients;
    private float _scale;
    private bool _warned;

    public ElementwiseOptimizer(TOptions options, ParameterSlot[] slots, WorkerPool pool, Action<string>? onWarning)
        : base(slots)
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
        States = [.. slots.SelectMany((slot, i) => TRule.StateNames.Select((name, state) =>
            new StateTensor(slot.Name, name, (nint)_states.Address(state, i), slot.Length)))];
    }

    public override OptimizerOptions Options => _options;

    public override IReadOnlyList<StateTensor> States { get; }

    public override ReadOnlySpan<long> StepCounts => _stepCounts;

    public override void Step(ReadOnlySpan<nint> gradients, double rate, double gradientScale = 1)
    {
        ObjectDisposedException.ThrowIf(_states.IsClosed, this);
        if (gradients.Length != _slots.Length)
        {
            throw new NonsmoothException(
                $"{gradients.Length} gradients for {_slots.Length} parameters: give one address per parameter, 0 where there is none");
        }

        if (!double.IsFinite(gradientScale))
        {
            throw new NonsmoothException($"gradientScale is {gradientScale}: give a finite number, or skip the step");
        }

        _options.ValidateRate(rate);
        WarnOnce(rate);
        _scale = (float)(_options.Maximize ? -gradientScale : gradientScale);
        Prepare(gradients, rate);
        _pool.Run(this);
    }

    public override void RestoreStepCounts(ReadOnlySpan<long> counts)
    {
        if (counts.Length != _stepCounts.Length)
        {
            throw new NonsmoothException($"{counts.Length} step counts for {_stepCounts.Length} parameters: give one per parameter");
        }

        foreach (long count in counts)
        {
            if (count < 0)
            {
                throw new NonsmoothException($"step count {count} is negative: give how many steps were taken");
            }
        }

        counts.CopyTo(_stepCounts);
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
        for (int i = 0; i < _slots.Length; i++)
        {
            if (gradients[i] == 0)
            {
                continue;
            }

            // Neighbours nearly always share their step count, and a rule costs an exponential or two.
            bool same = previous >= 0 && _stepCounts[previous] == _stepCounts[i] + 1 && _slots[previous].Decay == _slots[i].Decay;
            long step = ++_stepCounts[i];
            _rules[i] = same ? _rules[previous] : TRule.Create(_options, rate, step, _slots[i].Decay);
            if (step == 1)
            {
                InitializeStates(i);
            }

            previous = i;
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

    private void WarnOnce(double rate)
    {
        if (!_warned && _onWarning is not null && _options.WarningFor(rate) is { } warning)
        {
            _warned = true;
            _onWarning(warning);
        }
    }
}
