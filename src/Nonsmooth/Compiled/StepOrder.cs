using System.Runtime.Intrinsics;

namespace Nonsmooth.Compiled;

/// <summary>The order in which a stage's steps are written: as they stand, but that functions of the library are gathered.</summary>
/// <remarks>
/// Whatever else can be done is done first; then equal functions of up to as many numbers as a vector has lanes are called at once, which costs little
/// more than one; a sine and a cosine of one number are one call. The bits of a lane are those of the function alone.
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

    /// <summary>The steps in the order of the tape, a sine and a cosine of one number together.</summary>
    public static List<int[]> Paired(ReadOnlySpan<TapeStep> steps, Schedule schedule, Stage stage)
    {
        var order = new List<int[]>();
        var waves = new Dictionary<int, int>();
        foreach (int[] single in AsTheyStand(steps, schedule, stage))
        {
            int step = single[0];
            if (steps[step].Code is not (TapeCode.Sin or TapeCode.Cos))
            {
                order.Add(single);
            }
            else if (waves.TryGetValue(steps[step].A, out int at))
            {
                order[at] = [order[at][0], step];
            }
            else
            {
                waves.Add(steps[step].A, order.Count);
                order.Add(single);
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

        var tape = steps.ToArray();
        var ready = new PriorityQueue<int, int>();
        var gathered = new SortedSet<int>[(int)TapeCode.Erfc + 1];
        foreach (int[] single in order)
        {
            Wake(single[0], waits[single[0] - stage.From]);
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
                    Wake(reader, --waits[reader - stage.From]);
                }
            }
        }

        void Wake(int step, int waiting)
        {
            if (waiting > 0)
            {
                return;
            }

            if (IsPacked(tape[step].Code))
            {
                (gathered[(int)(tape[step].Code == TapeCode.Cos ? TapeCode.Sin : tape[step].Code)] ??= []).Add(step);
            }
            else
            {
                ready.Enqueue(step, step);
            }
        }

        int[] Fullest()
        {
            var most = gathered.MaxBy(g => g?.Count ?? 0) ?? [];
            int[] arguments = [.. most.Select(step => tape[step].A).Distinct().Take(Lanes)];
            int[] next = [.. most.Where(step => arguments.Contains(tape[step].A))];
            most.ExceptWith(next);
            return next;
        }
    }
}
