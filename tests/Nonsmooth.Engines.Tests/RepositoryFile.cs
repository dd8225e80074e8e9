namespace Nonsmooth.Engines.Tests;

/// <summary>Files of the repository that a test reads or runs.</summary>
internal static class RepositoryFile
{
    /// <summary>The full name of one, from the repository's root.</summary>
    public static string Of(params string[] parts)
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Nonsmooth.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException($"no repository above {AppContext.BaseDirectory}");
        }

        return Path.Combine([folder, .. parts]);
    }
}
