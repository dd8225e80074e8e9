namespace Nonsmooth.Pretrained.Archives;

/// <summary>An archive of PyTorch that cannot be used: the message is one line that names the file, the member or the node, and the mend.</summary>
public sealed class ArchiveException : NonsmoothException
{
    /// <summary>Creates the exception with a one-line message.</summary>
    public ArchiveException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a one-line message and the failure that caused it.</summary>
    public ArchiveException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <inheritdoc/>
    public override NonsmoothException In(string place) => new ArchiveException($"{place}: {Message}", this);
}
