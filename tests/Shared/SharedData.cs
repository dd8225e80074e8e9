namespace Nonsmooth.Tests.Shared;

/// <summary>Finds data that are too large for the repository.</summary>
internal static class SharedData
{
    private static readonly Lock Mirroring = new();
    private static string? _mirror;

    /// <summary>
    /// The folder <c>shared/data</c>, in NONSMOOTH_SHARED or beside a parent of the tests, as links in a folder of this process
    /// that nobody may write to: what a test keeps goes to its cache, whoever may write to the data. Skips the test without it.
    /// </summary>
    public static string FolderOrSkip(string name)
    {
        var roots = new List<string>();
        if (Environment.GetEnvironmentVariable("NONSMOOTH_SHARED") is { Length: > 0 } shared)
        {
            roots.Add(Path.Combine(shared, "data"));
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            roots.Add(Path.Combine(folder.FullName, "shared", "data"));
        }

        var found = roots.FirstOrDefault(root => Directory.Exists(Path.Combine(root, name)));
        Assert.SkipWhen(found is null, $"No folder shared/data/{name} beside a parent of {AppContext.BaseDirectory}, nor $NONSMOOTH_SHARED/data/{name}: the test of the real files did not run.");
        return Mirror(found!);
    }

    private static string Mirror(string data)
    {
        lock (Mirroring)
        {
            if (_mirror is null)
            {
                string made = Directory.CreateTempSubdirectory("nonsmooth-shared-").FullName;
                AppDomain.CurrentDomain.ProcessExit += (_, _) => Remove(made);
                foreach (string folder in Directory.GetDirectories(data))
                {
                    Link(folder, Path.Combine(made, Path.GetFileName(folder)));
                }

                _mirror = made;
            }

            return _mirror;
        }
    }

    private static void Link(string folder, string mirrored)
    {
        Directory.CreateDirectory(mirrored);
        foreach (string entry in Directory.EnumerateFileSystemEntries(folder))
        {
            File.CreateSymbolicLink(Path.Combine(mirrored, Path.GetFileName(entry)), entry);
        }

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(mirrored, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    private static void Remove(string folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            foreach (string made in Directory.GetDirectories(folder))
            {
                File.SetUnixFileMode(made, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        Directory.Delete(folder, recursive: true);
    }
}
