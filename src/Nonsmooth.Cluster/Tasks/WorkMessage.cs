using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nonsmooth.Cluster;

/// <summary>What ranks of a queue say to each other; <paramref name="Length"/> bytes follow.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="List">The list, by how many were before.</param>
/// <param name="Index">The task; of <see cref="WorkMessageKind.Ask"/> how many tasks the list has.</param>
/// <param name="Share">The share of the task that is done.</param>
/// <param name="Length">Bytes of the body.</param>
internal readonly record struct WorkMessage(WorkMessageKind Kind, int List, int Index = 0, double Share = 0, int Length = 0)
{
    public void Send(ICommunicator ranks, int to, ReadOnlySpan<byte> body = default)
    {
        WorkMessage whole = this with { Length = body.Length };
        ranks.Send(MemoryMarshal.AsBytes(new ReadOnlySpan<WorkMessage>(in whole)), to);
        if (body.Length > 0)
        {
            ranks.Send(body, to);
        }
    }

    public static (WorkMessage Message, byte[] Body) Receive(ICommunicator ranks, int from)
    {
        Unsafe.SkipInit(out WorkMessage message);
        ranks.Receive(MemoryMarshal.AsBytes(new Span<WorkMessage>(ref message)), from);
        byte[] body = new byte[message.Length];
        if (body.Length > 0)
        {
            ranks.Receive(body, from);
        }

        return (message, body);
    }
}

/// <summary>Kinds of messages: those to rank 0, then those from it, which are answers. So no two ranks ever wait to send to each other.</summary>
internal enum WorkMessageKind
{
    /// <summary>A rank has come to a list and is free.</summary>
    Ask,

    /// <summary>A task's result; the rank is free.</summary>
    Result,

    /// <summary>A task threw; the body says what.</summary>
    Threw,

    /// <summary>A task goes on; answered by <see cref="GoOn"/> or <see cref="Stop"/>.</summary>
    Beat,

    /// <summary>The rank was asked to stop, and is free.</summary>
    Stopped,

    /// <summary>The rank has come to its end.</summary>
    Leave,

    /// <summary>Do a task; the body has the results that it needs.</summary>
    Do,

    /// <summary>The task may go on; to a rank that is free: there is nothing to do yet, ask again.</summary>
    GoOn,

    /// <summary>All results of the list.</summary>
    All,

    /// <summary>All ranks stop.</summary>
    Stop,

    /// <summary>Ranks cannot go on; the body says why.</summary>
    Fail,
}
