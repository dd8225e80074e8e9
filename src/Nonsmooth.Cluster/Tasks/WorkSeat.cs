namespace Nonsmooth.Cluster;

/// <summary>What rank 0 knows of a rank.</summary>
internal sealed class WorkSeat
{
    /// <summary>In place of a task.</summary>
    public const int None = -1;

    public WorkSeatState State { get; private set; } = WorkSeatState.Away;

    /// <summary>The list that it has come to, by how many were before.</summary>
    public int List { get; private set; }

    /// <summary>How many tasks it takes that list to have.</summary>
    public int Count { get; set; }

    /// <summary>The task that it does; <see cref="None"/> where it is to ask again.</summary>
    public int Index { get; private set; }

    /// <summary>When it was last heard of.</summary>
    public long Heard { get; set; }

    /// <summary>Whether it gets no more tasks, for one threw.</summary>
    public bool IsLeftOut { get; set; }

    /// <summary>Whether it has said nothing for too long.</summary>
    public bool IsSilent { get; set; }

    public void Wait(int list, long now) => (State, List, Heard) = (WorkSeatState.Waits, list, now);

    public void Work(int list, int index, long now) => (State, List, Index, Heard) = (WorkSeatState.Works, list, index, now);

    public void Go() => State = WorkSeatState.Away;

    public void Leave() => State = WorkSeatState.Left;
}

/// <summary>What a rank does, as far as rank 0 knows.</summary>
internal enum WorkSeatState
{
    /// <summary>Something between two lists.</summary>
    Away,

    /// <summary>It waits for an answer.</summary>
    Waits,

    /// <summary>It does a task, or is to ask again.</summary>
    Works,

    /// <summary>It has come to its end.</summary>
    Left,
}
