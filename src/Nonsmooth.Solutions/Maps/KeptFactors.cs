using System.Runtime.CompilerServices;

namespace Nonsmooth.Solutions;

/// <summary>What solves leave for their derivatives: found by the array of states that a solve gave, as long as that lives. Whose it is, is checked where it is used.</summary>
internal static class KeptFactors
{
    // 32 MiB of parameters a call; what more there is, derivatives make again.
    private const long _most = 1L << 22;
    private static readonly ConditionalWeakTable<long[], object?[]> _table = [];

    public static void Keep(long[] states, Problem[] problems, Solution[] solutions)
    {
        if (Array.Exists(solutions, s => s.Kept is not null) && problems.Sum(p => p.Values.Sum(v => (long)v.Length)) <= _most)
        {
            _table.AddOrUpdate(states, Array.ConvertAll(solutions, s => s.Kept));
        }
    }

    /// <summary>What the solve of one problem of a batch left; null where it left nothing.</summary>
    public static object? Of(long[] states, int index) => _table.TryGetValue(states, out object?[]? kept) && index < kept.Length ? kept[index] : null;
}
