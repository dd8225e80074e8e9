namespace Nonsmooth.Pretrained.HuggingFace;

/// <summary>A folder of HuggingFace that cannot be used: the message is one line that names the folder, the field or the tensor, and the mend.</summary>
public sealed class FolderException : NonsmoothException
{
    private const int Most = 1500;

    /// <summary>Creates the exception with a one-line message.</summary>
    public FolderException(string message)
        : base(OneLine(message))
    {
    }

    /// <summary>Creates the exception with a one-line message and the failure that caused it.</summary>
    public FolderException(string message, Exception inner)
        : base(OneLine(message), inner)
    {
    }

    // Names come from files: they may hold what a terminal would obey, and have megabytes.
    private static string OneLine(string message) => string.Concat(message.Take(Most).Select(c => char.IsControl(c) ? '?' : c)) + (message.Length > Most ? "…" : "");

    /// <inheritdoc/>
    public override NonsmoothException In(string place) => new FolderException($"{place}: {Message}", this);
}
