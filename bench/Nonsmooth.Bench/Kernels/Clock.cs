namespace Nonsmooth.Bench.Kernels;

/// <summary>Medians of interleaved rounds.</summary>
internal static class Clock
{
    /// <summary>Seconds of each action, the median of so many rounds, after one round to warm up.</summary>
    public static double[] Medians(int rounds, params Action[] actions) => Medians(TimeProvider.System, rounds, actions);

    /// <summary>The same by a clock of one's choice.</summary>
    public static double[] Medians(TimeProvider clock, int rounds, params Action[] actions)
    {
        double[][] seconds = [.. actions.Select(_ => new double[rounds])];
        for (int round = -1; round < rounds; round++)
        {
            for (int i = 0; i < actions.Length; i++)
            {
                long start = clock.GetTimestamp();
                actions[i]();
                if (round >= 0)
                {
                    seconds[i][round] = clock.GetElapsedTime(start).TotalSeconds;
                }
            }
        }

        return [.. seconds.Select(s => s.Order().ElementAt(rounds / 2))];
    }
}
