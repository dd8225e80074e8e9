namespace Nonsmooth.Cluster;

/// <summary>Ranks cannot go on together: one does not answer, has ended, or does something else than the others.</summary>
public sealed class CommunicationException : NonsmoothException
{
    /// <summary>With one line that names the rank, its host and the reason.</summary>
    public CommunicationException(string message)
        : base(message)
    {
    }

    /// <summary>With one line and what caused it.</summary>
    public CommunicationException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
