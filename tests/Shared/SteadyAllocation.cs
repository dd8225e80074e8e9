namespace Nonsmooth.Tests.Shared;

/// <summary>What a repeated action allocates on this thread once nothing happens for the first time.</summary>
internal static class SteadyAllocation
{
    private const int Rounds = 8;

    /// <summary>
    /// The least of several rounds, in bytes: what happens once a thread (it parks for the first time, a
    /// method is compiled again) falls into one of them, what an action allocates each time into all.
    /// </summary>
    public static long Of(Action action, int repeats = 1)
    {
        action();
        long least = long.MaxValue;
        for (int round = 0; round < Rounds && least != 0; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < repeats; i++)
            {
                action();
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
