namespace Nonsmooth.Cluster;

/// <summary>How the ranks of one run speak to each other: bytes from one rank to another, in order, and the end of all of them.</summary>
/// <remarks>
/// <para>Calls block until they are done; of one communicator one thread at a time makes them. All ranks make the same collective
/// calls (<see cref="Barrier"/>, <see cref="Broadcast"/>, those of <see cref="Collectives"/> and <see cref="TreeSum"/>) in one order.</para>
/// <para>A call that waits longer than <see cref="Timeout"/> for another rank throws <see cref="CommunicationException"/> with the rank, its
/// host and what it waited for; afterwards the communicator is good for nothing but <see cref="Abort"/> and <see cref="IDisposable.Dispose"/>.</para>
/// </remarks>
public interface ICommunicator : IDisposable
{
    /// <summary>Who this is, from 0.</summary>
    int Rank { get; }

    /// <summary>How many ranks there are.</summary>
    int Size { get; }

    /// <summary>What carries the bytes, in words: "one process", "threads of one process", "Open MPI 4.1.4".</summary>
    string Transport { get; }

    /// <summary>How long a call waits for another rank.</summary>
    TimeSpan Timeout { get; }

    /// <summary>The name of each rank's machine.</summary>
    IReadOnlyList<string> Hosts { get; }

    /// <summary>Sends bytes to another rank; comes back once they may be overwritten, which may be as late as when they are received.</summary>
    /// <param name="data">Any number of bytes, none included.</param>
    /// <param name="to">Another rank.</param>
    /// <exception cref="CommunicationException">The other rank does not answer, or the ranks have been ended.</exception>
    void Send(ReadOnlySpan<byte> data, int to);

    /// <summary>Receives what another rank sends next.</summary>
    /// <param name="data">As long as what is sent.</param>
    /// <param name="from">Another rank.</param>
    /// <exception cref="CommunicationException">The other rank does not answer, sends another number of bytes, or the ranks have been ended.</exception>
    void Receive(Span<byte> data, int from);

    /// <summary>Whether something of another rank is there, so that <see cref="Receive"/> need not wait for it to be sent. Comes back at once.</summary>
    /// <param name="from">Another rank.</param>
    /// <exception cref="CommunicationException">The ranks have been ended.</exception>
    bool IsReady(int from);

    /// <summary>Sends to one rank and receives from one, which may be the same, at once.</summary>
    /// <exception cref="CommunicationException">As for <see cref="Receive"/>.</exception>
    void Exchange(ReadOnlySpan<byte> outgoing, int to, Span<byte> incoming, int from);

    /// <summary>Comes back once every rank has called it.</summary>
    /// <exception cref="CommunicationException">A rank does not answer.</exception>
    void Barrier();

    /// <summary>Gives every rank the bytes of one.</summary>
    /// <param name="data">Equally long on all ranks.</param>
    /// <param name="root">Whose bytes.</param>
    /// <exception cref="CommunicationException">A rank does not answer.</exception>
    void Broadcast(Span<byte> data, int root);

    /// <summary>Ends every rank, with the reason on one line that names this rank and its host. Does not come back where ranks are processes.</summary>
    void Abort(string reason);
}
