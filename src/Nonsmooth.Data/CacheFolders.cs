namespace Nonsmooth.Data;

/// <summary>Where decoded images may be kept.</summary>
internal static class CacheFolders
{
    private const UnixFileMode AnyWrite = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>The folder of the data if it may be written to and is in no repository, then the user's cache.</summary>
    public static IEnumerable<string> For(string dataFolder, string dataset, DataLocations locations)
    {
        if (IsWritable(dataFolder) && !IsInRepository(dataFolder))
        {
            yield return dataFolder;
        }

        if (!string.IsNullOrWhiteSpace(locations.Cache))
        {
            yield return Path.Combine(locations.Cache, dataset);
        }
    }

    // The superuser may write anywhere, but a folder that nobody may write to was meant to stay as it is.
    private static bool IsWritable(string folder) =>
        OperatingSystem.IsWindows() || (File.GetUnixFileMode(folder) & AnyWrite) != 0;

    private static bool IsInRepository(string folder)
    {
        for (var at = new DirectoryInfo(Path.GetFullPath(folder)); at is not null; at = at.Parent)
        {
            if (Path.Exists(Path.Combine(at.FullName, ".git")))
            {
                return true;
            }
        }

        return false;
    }
}
