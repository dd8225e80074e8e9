namespace Nonsmooth.Checkpointing;

/// <summary>Reversal of a chain of equal steps with a given number of slots for states, in the fewest forward steps.</summary>
/// <remarks>
/// The slots include the one that holds the initial state; the forward part of the reversal of a step itself is not
/// counted. Source: complexity specification, 7.4 (Griewank and Walther's binomial checkpointing).
/// </remarks>
public static class Revolve
{
    /// <summary>The fewest forward steps: r·l − C(s+r, s+1) with the least r for which C(s+r, s) ≥ l.</summary>
    /// <param name="steps">l, at least 1.</param>
    /// <param name="slots">s, at least 1.</param>
    /// <exception cref="NonsmoothException">There is no step or no slot, or the count does not fit in 63 bits.</exception>
    /// <remarks>Takes as many binomial coefficients as a step is repeated at most.</remarks>
    public static long ForwardSteps(int steps, int slots)
    {
        Check(steps, slots);
        int r = Repetitions(steps, slots);

        // C(s+r, s+1) = C(s+r, s)·r/(s+1); with one slot r is l−1 and nothing exceeds l².
        var excess = r == 0 ? 0 : Binomial(slots + r - 1, slots) * (slots + r) / (slots + 1);
        return checked((long)(((Int128)r * steps) - excess));
    }

    /// <summary>A schedule that takes exactly <see cref="ForwardSteps"/> steps and never more than the given slots.</summary>
    /// <param name="steps">l, at least 1.</param>
    /// <param name="slots">s, at least 1.</param>
    /// <returns>The actions; the current state is 0 before the first one, which stores it.</returns>
    /// <exception cref="NonsmoothException">There is no step or no slot.</exception>
    public static IReadOnlyList<RevolveAction> Schedule(int steps, int slots)
    {
        Check(steps, slots);
        var actions = new List<RevolveAction> { new(RevolveActionKind.Store, 0, 0) };
        Reverse(actions, 0, steps, slots);
        return actions;
    }

    // The state `from` is the current one and stored; `slots` includes its slot.
    private static void Reverse(List<RevolveAction> actions, int from, int to, int slots)
    {
        while (to - from > 1)
        {
            int length = slots == 1 ? to - from - 1 : Split(to - from, slots);
            int middle = from + length;
            actions.Add(new(RevolveActionKind.Advance, from, middle));
            if (slots == 1)
            {
                actions.Add(new(RevolveActionKind.Reverse, middle, middle));
            }
            else
            {
                actions.Add(new(RevolveActionKind.Store, middle, middle));
                Reverse(actions, middle, to, slots - 1);
            }

            actions.Add(new(RevolveActionKind.Restore, from, from));
            to = middle;
        }

        actions.Add(new(RevolveActionKind.Reverse, from, from));
    }

    // Both parts must be reversible in r−1 and r repetitions: the least such first part.
    private static int Split(int steps, int slots)
    {
        int r = Repetitions(steps, slots);
        var least = r >= 2 ? Binomial(slots + r - 2, slots) : 1;
        return (int)Int128.Max(Int128.Max(1, least), steps - Binomial(slots - 1 + r, slots - 1));
    }

    private static int Repetitions(int steps, int slots)
    {
        if (slots == 1)
        {
            return steps - 1;
        }

        int r = 0;
        while (Binomial(slots + r, slots) < steps)
        {
            r++;
        }

        return r;
    }

    // Saturates far above any number of steps.
    private static Int128 Binomial(int n, int k)
    {
        Int128 value = 1;
        int least = Math.Min(k, n - k);
        for (int i = 1; i <= least; i++)
        {
            value = value * (n - least + i) / i;
            if (value > (Int128)1 << 80)
            {
                return value;
            }
        }

        return value;
    }

    private static void Check(int steps, int slots)
    {
        if (steps < 1 || slots < 1)
        {
            throw new NonsmoothException($"a chain of {steps} steps cannot be reversed with {slots} slots: give at least 1 of each");
        }
    }
}
