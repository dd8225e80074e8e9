namespace Nonsmooth.Pretrained.HuggingFace;

/// <summary>A folder of HuggingFace that cannot be used: the message is one line that names the folder, the field or the tensor, and the mend.</summary>
public sealed class FolderException : NonsmoothException
{
    private const int Most = 1500;

    /// <summary>Creates the exception with a one-line message.</summary>
    public FolderException(string message)
        : base(Short(message))
    {
    }

    /// <summary>Creates the exception with a one-line message and the failure that caused it.</summary>
    public FolderException(string message, Exception inner)
        : base(Short(message), inner)
    {
    }

    // A file may have names of megabytes.
    private static string Short(string message) => message.Length <= Most ? message : string.Concat(message.AsSpan(0, Most), "…");

    /// <inheritdoc/>
    public override NonsmoothException In(string place) => new FolderException($"{place}: {Message}", this);
}
