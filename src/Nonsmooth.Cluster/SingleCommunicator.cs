namespace Nonsmooth.Cluster;

/// <summary>One rank alone: there is nobody to send to, and nothing to wait for.</summary>
public sealed class SingleCommunicator : ICommunicator
{
    /// <inheritdoc/>
    public int Rank => 0;

    /// <inheritdoc/>
    public int Size => 1;

    /// <inheritdoc/>
    public string Transport => "one process";

    /// <inheritdoc/>
    public TimeSpan Timeout => System.Threading.Timeout.InfiniteTimeSpan;

    /// <inheritdoc/>
    public IReadOnlyList<string> Hosts { get; } = [Environment.MachineName];

    /// <summary>Refuses: there is no other rank.</summary>
    public void Send(ReadOnlySpan<byte> data, int to) => throw Nobody(to, nameof(to));

    /// <summary>Refuses: there is no other rank.</summary>
    public void Receive(Span<byte> data, int from) => throw Nobody(from, nameof(from));

    /// <summary>Refuses: there is no other rank.</summary>
    public bool IsReady(int from) => throw Nobody(from, nameof(from));

    /// <summary>Refuses: there is no other rank.</summary>
    public void Exchange(ReadOnlySpan<byte> outgoing, int to, Span<byte> incoming, int from) => throw Nobody(to, nameof(to));

    /// <inheritdoc/>
    public void Barrier()
    {
    }

    /// <inheritdoc/>
    public void Broadcast(Span<byte> data, int root) => ArgumentOutOfRangeException.ThrowIfNotEqual(root, 0);

    /// <summary>Throws the reason.</summary>
    public void Abort(string reason) => throw new CommunicationException($"rank 0 on {Hosts[0]}: {reason}");

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static ArgumentOutOfRangeException Nobody(int rank, string name) => new(name, rank, "There is one rank only.");
}
