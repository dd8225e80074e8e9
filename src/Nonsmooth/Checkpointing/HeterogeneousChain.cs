namespace Nonsmooth.Checkpointing;

/// <summary>Reversals of a chain of unequal stages in the least cost, for every size of memory at once.</summary>
/// <remarks>
/// <para>
/// A reversal of stages s…t is either "keep s, reverse s+1…t, reverse s" or "advance s…k−1, reverse k…t, reverse
/// s…k−1", k being chosen; a value once stored stays until its backward. Among those, the dynamic programme over
/// (first stage, last stage, memory) finds the cheapest: time n³·M/6, memory n²·M/2 for n stages and M units.
/// </para>
/// <para>
/// The entry of the first stage is not counted: whoever asks holds it. Advancing over stage i needs its entry and its
/// exit at once. Source: complexity specification, 7.4.
/// </para>
/// </remarks>
public sealed class HeterogeneousChain
{
    private const long Impossible = long.MaxValue;
    private const short KeepAll = -1;

    private readonly ChainStage[] _stages;
    private readonly int _memory;
    private readonly long[][] _cost;
    private readonly short[][] _choice;
    private readonly long[] _costs;

    /// <summary>Solves the chain.</summary>
    /// <param name="stages">The stages, at most 1000.</param>
    /// <param name="memory">The largest memory of interest, in the units of the sizes.</param>
    /// <exception cref="NonsmoothException">There is no stage, too many, or a size or cost is negative.</exception>
    public HeterogeneousChain(IReadOnlyList<ChainStage> stages, int memory)
    {
        if (stages.Count is < 1 or > 1000 || memory < 0)
        {
            throw new NonsmoothException($"a chain of {stages.Count} stages and {memory} units of memory: give 1 to 1000 stages and no negative memory");
        }

        if (stages.Any(s => s.Cost < 0 || s.LeafCost < 0 || s.Entry < 0 || s.Saved < 0))
        {
            throw new NonsmoothException("a chain has a negative size or cost: give sizes and costs from 0 on");
        }

        _stages = [.. stages];
        _memory = memory;
        _costs = new long[_stages.Length + 1];
        for (int i = 0; i < _stages.Length; i++)
        {
            _costs[i + 1] = checked(_costs[i] + _stages[i].Cost);
        }

        int n = _stages.Length;
        _cost = new long[n * n][];
        _choice = new short[n * n][];
        for (int length = 1; length <= n; length++)
        {
            for (int s = 0; s + length <= n; s++)
            {
                Solve(s, s + length - 1);
            }
        }
    }

    /// <summary>The least memory that suffices for some reversal; null if it exceeds the memory given.</summary>
    public int? LeastMemory
    {
        get
        {
            int least = Array.FindIndex(_cost[_stages.Length - 1], c => c != Impossible);
            return least < 0 ? null : least;
        }
    }

    /// <summary>The least cost of all forward runs with some memory, the first run included; null where no reversal fits.</summary>
    /// <param name="memory">From 0 to the memory given to the constructor.</param>
    public long? Cost(int memory) => _cost[_stages.Length - 1][memory] is var cost && cost == Impossible ? null : cost;

    /// <summary>A reversal of least cost with some memory.</summary>
    /// <param name="memory">From 0 to the memory given to the constructor.</param>
    /// <exception cref="NonsmoothException">None fits; the message names the least memory.</exception>
    public IReadOnlyList<ChainAction> Schedule(int memory)
    {
        if (Cost(memory) is null)
        {
            string least = LeastMemory is { } units ? $"{units} units suffice" : $"{_memory} units do not suffice either";
            throw new NonsmoothException($"no reversal of the chain fits in {memory} units of memory: {least}");
        }

        var actions = new List<ChainAction>();
        Emit(actions, 0, _stages.Length - 1, memory);
        return actions;
    }

    private void Solve(int s, int t)
    {
        var cost = new long[_memory + 1];
        var choice = new short[_memory + 1];
        _cost[(s * _stages.Length) + t] = cost;
        _choice[(s * _stages.Length) + t] = choice;
        Array.Fill(cost, Impossible);
        Array.Fill(choice, KeepAll);
        var rest = s == t ? null : At(s + 1, t);
        for (long m = _stages[s].Saved; m <= _memory; m++)
        {
            long after = rest is null ? 0 : rest[m - _stages[s].Saved];
            bool leaf = rest is null && t < _stages.Length - 1;
            cost[m] = after == Impossible ? Impossible : after + (leaf ? _stages[s].LeafCost : _stages[s].Cost);
        }

        long transient = 0;
        for (int k = s + 1; k <= t; k++)
        {
            transient = Math.Max(transient, (k - 1 == s ? 0 : _stages[k - 1].Entry) + _stages[k].Entry);
            var (late, early) = (At(k, t), At(s, k - 1));
            for (long m = transient; m <= _memory; m++)
            {
                long first = late[m - _stages[k].Entry];
                long second = early[m];
                if (first != Impossible && second != Impossible && _costs[k] - _costs[s] + first + second < cost[m])
                {
                    (cost[m], choice[m]) = (_costs[k] - _costs[s] + first + second, (short)k);
                }
            }
        }
    }

    private long[] At(int s, int t) => _cost[(s * _stages.Length) + t];

    private void Emit(List<ChainAction> actions, int s, int t, long memory)
    {
        short k = _choice[(s * _stages.Length) + t][memory];
        if (k == KeepAll)
        {
            actions.Add(new(ChainActionKind.Keep, s));
            if (s < t)
            {
                Emit(actions, s + 1, t, memory - _stages[s].Saved);
            }

            actions.Add(new(ChainActionKind.Reverse, s));
            return;
        }

        for (int i = s; i < k; i++)
        {
            actions.Add(new(ChainActionKind.Advance, i));
        }

        Emit(actions, k, t, memory - _stages[k].Entry);
        Emit(actions, s, k - 1, memory);
    }
}
