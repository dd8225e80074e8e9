namespace Nonsmooth.Training.Telemetry;

/// <summary>Names the file that could not be written.</summary>
internal static class FileFailure
{
    /// <exception cref="NonsmoothException">The operation failed on the disk.</exception>
    public static T Named<T>(string path, Func<T> operation)
    {
        try
        {
            return operation();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NonsmoothException(
                $"'{path}' could not be written ({e.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ')}): free some space or train without telemetry", e);
        }
    }
}
