using System.Runtime.Intrinsics;

namespace Nonsmooth.Compiled;

/// <summary>The order in which a stage's steps are written: as they stand, but that functions of the library are gathered.</summary>
/// <remarks>
/// Whatever else can be done is done first; then up to as many equal functions as a vector has lanes, sines and cosines being one, are called at once, which costs little
/// more than one. The bits of a lane are those of the function alone.
/// </remarks>
internal static class StepOrder
{
    /// <summary>How many calls at most are made as one.</summary>
    public static int Lanes { get; } = Vector512.IsHardwareAccelerated ? 8 : 4;

    /// <summary>Whether a step calls a function that several numbers can go through at once.</summary>
    public static bool IsPacked(TapeCode code) => code is >= TapeCode.Exp and <= TapeCode.Erfc;

    /// <summary>The steps in the order of the tape, one by one.</summary>
    public static List<int[]> AsTheyStand(ReadOnlySpan<TapeStep> steps, Schedule schedule, Stage stage)
    {
        var order = new List<int[]>();
        for (int i = stage.From; i < stage.To; i++)
        {
            if (schedule.IsDone(steps, i))
            {
                order.Add([i]);
            }
        }

        return order;
    }

    /// <summary>The steps in order, those called at once together.</summary>
    public static List<int[]> Of(ReadOnlySpan<TapeStep> steps, Schedule schedule, Stage stage)
    {
        var order = AsTheyStand(steps, schedule, stage);
        int count = stage.To - stage.From;
        int calls = 0;
        foreach (int[] step in order)
        {
            calls += IsPacked(steps[step[0]].Code) ? 1 : 0;
        }

        if (calls < 2)
        {
            return order;
        }

        int[] waits = new int[count];
        var readers = new List<int>?[count];
        foreach (int[] single in order)
        {
            int i = single[0];
            for (int o = 0; o < steps[i].Operands; o++)
            {
                int from = steps[i].Operand(o) - stage.From;
                if (from >= 0 && !steps[from + stage.From].IsGiven)
                {
                    waits[i - stage.From]++;
                    (readers[from] ??= []).Add(i);
                }
            }
        }

        var ready = new PriorityQueue<int, int>();
        var gathered = new SortedSet<int>[(int)TapeCode.Erfc + 1];
        foreach (int[] single in order)
        {
            Wake(steps, single[0], waits[single[0] - stage.From]);
        }

        order.Clear();
        while (true)
        {
            int[] next = ready.Count > 0 ? [ready.Dequeue()] : Fullest();
            if (next.Length == 0)
            {
                return order;
            }

            order.Add(next);
            foreach (int i in next)
            {
                foreach (int reader in readers[i - stage.From] ?? [])
                {
                    Wake(steps, reader, --waits[reader - stage.From]);
                }
            }
        }

        void Wake(ReadOnlySpan<TapeStep> steps, int step, int waiting)
        {
            if (waiting > 0)
            {
                return;
            }

            if (IsPacked(steps[step].Code))
            {
                (gathered[(int)(steps[step].Code == TapeCode.Cos ? TapeCode.Sin : steps[step].Code)] ??= []).Add(step);
            }
            else
            {
                ready.Enqueue(step, step);
            }
        }

        int[] Fullest()
        {
            var most = gathered.MaxBy(g => g?.Count ?? 0);
            int[] next = [.. (most ?? []).Take(Lanes)];
            foreach (int step in next)
            {
                most!.Remove(step);
            }

            return next;
        }
    }
}
