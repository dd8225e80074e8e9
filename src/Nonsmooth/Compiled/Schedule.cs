namespace Nonsmooth.Compiled;

/// <summary>A run of steps that becomes one method, or a kernel.</summary>
/// <param name="From">The first step.</param>
/// <param name="To">The step after the last.</param>
/// <param name="Kernel">Which kernel it is; −1 for steps.</param>
internal readonly record struct Stage(int From, int To, int Kernel);

/// <summary>Which steps run in which stage, and where values are kept that a later stage reads.</summary>
/// <remarks>
/// A value is written to where a store wants it as soon as it is there, and read back from there; another that a later stage reads
/// has a slot, which is free again after the last stage that does.
/// </remarks>
internal sealed class Schedule
{
    private readonly int[] _stage;

    private Schedule(Tape tape, int length, int chunk)
    {
        int count = tape.Count;
        Needed = tape.Needed();
        _stage = new int[count];
        Home = new int[count];
        Last = new int[count];
        Home.AsSpan().Fill(-1);
        Last.AsSpan().Fill(-1);
        Stages = Cut(tape.Steps, chunk);
        Read(tape.Steps);
        Length = Place(tape.Steps, length);
    }

    public bool[] Needed { get; }

    /// <summary>Where in the memory a value is kept; −1 where only its own stage reads it.</summary>
    public int[] Home { get; }

    /// <summary>The last stage that reads a value.</summary>
    public int[] Last { get; }

    public IReadOnlyList<Stage> Stages { get; }

    /// <summary>How many numbers the memory holds.</summary>
    public int Length { get; }

    /// <summary>Plans a tape.</summary>
    /// <param name="tape">The steps.</param>
    /// <param name="length">How many numbers the memory holds without slots.</param>
    /// <param name="chunk">How many steps make a stage.</param>
    public static Schedule Of(Tape tape, int length, int chunk) => new(tape, length, chunk);

    public int StageOf(int step) => _stage[step];

    /// <summary>Whether a step is done where it stands: neither found again where it is read, nor a store done with its value.</summary>
    public bool IsDone(ReadOnlySpan<TapeStep> steps, int step) => Needed[step] && !steps[step].IsGiven
        && (steps[step].Code != TapeCode.Store || Home[steps[step].A] != steps[step].B);

    private List<Stage> Cut(ReadOnlySpan<TapeStep> steps, int chunk)
    {
        var stages = new List<Stage>();
        int from = 0;
        int weight = 0;
        for (int i = 0; i < steps.Length; i++)
        {
            if (steps[i].Code == TapeCode.Kernel || weight >= chunk)
            {
                Close(i);
            }

            _stage[i] = stages.Count;
            if (steps[i].Code == TapeCode.Kernel)
            {
                stages.Add(new(i, i + 1, steps[i].A));
                from = i + 1;
            }
            else if (Needed[i] && !steps[i].IsGiven)
            {
                weight++;
            }
        }

        Close(steps.Length);
        return stages;

        void Close(int to)
        {
            if (weight > 0)
            {
                stages.Add(new(from, to, -1));
            }

            (from, weight) = (to, 0);
        }
    }

    private void Read(ReadOnlySpan<TapeStep> steps)
    {
        for (int i = 0; i < steps.Length; i++)
        {
            var step = steps[i];
            if (!Needed[i])
            {
                continue;
            }

            if (step.Code == TapeCode.Store && !steps[step.A].IsGiven && Home[step.A] < 0)
            {
                Home[step.A] = step.B;
                continue;
            }

            for (int o = 0; o < step.Operands; o++)
            {
                int operand = step.Operand(o);
                Last[operand] = Math.Max(Last[operand], _stage[i]);
            }
        }
    }

    private int Place(ReadOnlySpan<TapeStep> steps, int length)
    {
        var free = new Stack<int>();
        var ending = new List<int>?[Stages.Count];
        for (int s = 0; s < Stages.Count; s++)
        {
            for (int i = Stages[s].From; i < Stages[s].To; i++)
            {
                if (Needed[i] && !steps[i].IsGiven && !steps[i].IsEffect && Home[i] < 0 && Last[i] > s)
                {
                    Home[i] = free.TryPop(out int slot) ? slot : length++;
                    (ending[Last[i]] ??= []).Add(Home[i]);
                }
            }

            foreach (int slot in ending[s] ?? [])
            {
                free.Push(slot);
            }
        }

        return length;
    }
}
