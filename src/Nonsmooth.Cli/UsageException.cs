namespace Nonsmooth.Cli;

/// <summary>The command line asks for something that does not exist or cannot be: exit code 2.</summary>
internal sealed class UsageException : NonsmoothException
{
    public UsageException(string message)
        : base(message)
    {
    }

    public UsageException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Reads what the user wrote: what the library refuses there is bad usage.</summary>
    public static T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (NonsmoothException e) when (e is not UsageException)
        {
            throw new UsageException(e.Message, e);
        }
    }
}
