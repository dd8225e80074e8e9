using System.Runtime.InteropServices;
using Nonsmooth.Optimizers.Kernels;

namespace Nonsmooth.Optimizers;

/// <summary>Where the states are, what they start from, and what is read out of them.</summary>
internal sealed unsafe partial class ElementwiseOptimizer<TRule, TOptions>
{
    internal override void WriteEvaluationWeights()
    {
        for (int slot = 0; TRule.HasEvaluationWeights && slot < _slots.Length; slot++)
        {
            NumberMemory theta = Theta(slot);
            NumberMemory first = new(State(0, slot), _options.StateFormat);
            NumberMemory second = new(State(1, slot), _options.StateFormat);
            for (long i = 0; _stepCounts[slot] > 0 && i < _slots[slot].Length; i++)
            {
                theta[i] = TRule.EvaluationWeight(_options, theta[i], first[i], second[i]);
            }
        }
    }

    private NumberMemory Theta(int slot) => new(_slots[slot].Values, _slots[slot].Format);

    private nint State(int state, int slot) => state < TRule.StateCount ? _states.Address(state, slot) : 0;

    private void InitializeStates(int slot)
    {
        for (int state = 0; state < TRule.StateCount; state++)
        {
            var factor = (float)TRule.InitialFactor(_options, state);
            if (factor == 0)
            {
                continue;
            }

            NumberMemory theta = Theta(slot);
            NumberMemory values = new(_states.Address(state, slot), _options.StateFormat);
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
            yield return new StateTensor(slot.Name, TRule.StateNames[state], State(state, index), slot.Length, _options.StateFormat);
        }

        if (TRule.HasTally)
        {
            nint address = Marshal.UnsafeAddrOfPinnedArrayElement(_tallies, index * Tally.Length);
            yield return new StateTensor(slot.Name, Tally.Name, address, Tally.Length);
        }
    }
}
