using System.Numerics;

namespace Nonsmooth.Cluster;

/// <summary>What every communicator of more than one rank does the same way, on one call that moves bytes.</summary>
internal abstract class Communicator : ICommunicator
{
    /// <summary>In place of a rank: nothing is sent, or nothing received.</summary>
    protected const int Nobody = -1;

    private string? _broken;
    private bool _disposed;

    public abstract int Rank { get; }

    public abstract int Size { get; }

    public abstract string Transport { get; }

    public abstract TimeSpan Timeout { get; }

    public abstract IReadOnlyList<string> Hosts { get; }

    public void Send(ReadOnlySpan<byte> data, int to)
    {
        CheckOther(to);
        Guarded(data, to, [], Nobody);
    }

    public void Receive(Span<byte> data, int from)
    {
        CheckOther(from);
        Guarded([], Nobody, data, from);
    }

    public bool IsReady(int from)
    {
        CheckOther(from);
        CheckUsable();
        try
        {
            return Arrived(from);
        }
        catch (CommunicationException e)
        {
            _broken = e.Message;
            throw;
        }
    }

    public void Exchange(ReadOnlySpan<byte> outgoing, int to, Span<byte> incoming, int from)
    {
        CheckOther(to);
        CheckOther(from);
        Guarded(outgoing, to, incoming, from);
    }

    // Dissemination: after round k every rank has heard, directly or not, of the 2^(k+1) before it.
    public void Barrier()
    {
        Span<byte> token = [0], heard = [0];
        for (int distance = 1; distance < Size; distance *= 2)
        {
            Guarded(token, (Rank + distance) % Size, heard, (Rank - distance + Size) % Size);
        }
    }

    public void Broadcast(Span<byte> data, int root)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(root);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(root, Size);
        int place = (Rank - root + Size) % Size;
        int bit = place == 0 ? (int)BitOperations.RoundUpToPowerOf2((uint)Size) : place & -place;
        if (place != 0)
        {
            Guarded([], Nobody, data, (place - bit + root) % Size);
        }

        for (bit /= 2; bit > 0; bit /= 2)
        {
            if (place + bit < Size)
            {
                Guarded(data, (place + bit + root) % Size, [], Nobody);
            }
        }
    }

    public abstract void Abort(string reason);

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            Close(_broken);
        }
    }

    /// <summary>Sends, receives, or both at once; either rank may be <see cref="Nobody"/>.</summary>
    protected abstract void Transfer(ReadOnlySpan<byte> outgoing, int to, Span<byte> incoming, int from);

    /// <summary>Whether something of a rank is there.</summary>
    protected abstract bool Arrived(int from);

    /// <summary>Leaves the ranks.</summary>
    /// <param name="broken">Why they cannot go on together; null where they can.</param>
    protected abstract void Close(string? broken);

    /// <summary>A rank and its machine, for a message.</summary>
    protected string Name(int rank) => NameOf(rank, Hosts);

    /// <summary>The complaint of a rank that has waited too long.</summary>
    protected CommunicationException TooLong(int to, int from) => NoAnswer(this, from == Nobody ? $"to send to {Name(to)}" : $"for {Name(from)}");

    internal static CommunicationException NoAnswer(ICommunicator waiter, string what) => new(
        $"{NameOf(waiter.Rank, waiter.Hosts)} waited {waiter.Timeout.TotalSeconds:0.###} s {what}, which does not answer: see what it does, or give it more time");

    internal static string NameOf(int rank, IReadOnlyList<string> hosts) => rank < hosts.Count ? $"rank {rank} on {hosts[rank]}" : $"rank {rank}";

    internal static CommunicationException OtherLength(string receiver, string sender, long sent, long expected) => new(
        $"{sender} sent {sent} bytes where {receiver} expects {expected}: the ranks do not do the same thing; start all with the same release, configuration and data");

    private void CheckUsable()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_broken is { } broken)
        {
            throw new CommunicationException(broken);
        }
    }

    private void Guarded(ReadOnlySpan<byte> outgoing, int to, Span<byte> incoming, int from)
    {
        CheckUsable();
        try
        {
            Transfer(outgoing, to, incoming, from);
        }
        catch (CommunicationException e)
        {
            _broken = e.Message;
            throw;
        }
    }

    private void CheckOther(int rank)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rank, Size);
        ArgumentOutOfRangeException.ThrowIfEqual(rank, Rank);
    }
}
