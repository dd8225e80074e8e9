namespace Nonsmooth;

/// <summary>
/// Something the user gave cannot be used: the message is one line that names the thing and the mend.
/// </summary>
/// <remarks>
/// The command-line tool prints the message alone and exits with 1; every other exception is a defect
/// of this library and keeps its stack trace. Control characters, which a file may have put into a name, are written out in the message.
/// </remarks>
public class NonsmoothException : Exception
{
    /// <summary>Creates the exception with a one-line message that names the thing and the mend.</summary>
    public NonsmoothException(string message)
        : base(PlainText.Of(message))
    {
    }

    /// <summary>Creates the exception with a one-line message and the failure that caused it.</summary>
    public NonsmoothException(string message, Exception inner)
        : base(PlainText.Of(message), inner)
    {
    }

    /// <summary>The same failure with the place in front of its message, and this as its cause; a type of one's own keeps its type.</summary>
    /// <param name="place">Where it happened: the name of a node.</param>
    public virtual NonsmoothException In(string place) => new($"{place}: {Message}", this);
}
