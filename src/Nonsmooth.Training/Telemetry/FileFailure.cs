using Nonsmooth.Files;

namespace Nonsmooth.Training.Telemetry;

/// <summary>Names the file that could not be written.</summary>
internal static class FileFailure
{
    /// <summary>Makes sure that what is written to an open file will be found: a deleted one takes it and forgets it.</summary>
    /// <exception cref="NonsmoothException">The file was deleted or replaced.</exception>
    public static void RequireThere(string path, Int128 identity)
    {
        if (FileStamp.Of(path) is not { Kind: FileKind.File } stamp || stamp.Identity != identity)
        {
            throw new NonsmoothException($"'{path}' was deleted or replaced while the run wrote to it: leave the folder of a run alone until it ends");
        }
    }

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
