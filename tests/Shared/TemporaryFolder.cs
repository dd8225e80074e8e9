namespace Nonsmooth.Tests.Shared;

/// <summary>An empty folder that is deleted with all it holds.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("nonsmooth-").FullName;

    public string Subfolder(string name) => Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, byte[] content)
    {
        System.IO.File.WriteAllBytes(File(name), content);
        return File(name);
    }

    /// <summary>Writes files, making the folders in their names.</summary>
    public void Unpack(params (string Name, byte[] Content)[] files)
    {
        foreach (var (name, content) in files)
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(File(name))!);
            Write(name, content);
        }
    }

    /// <summary>Does something while nobody may write to a folder; skips the test on Windows, which has no mode bits.</summary>
    public static void WhileReadOnly(string folder, Action action)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no mode bits: the test of a read-only folder did not run.");
            return;
        }

        System.IO.File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            action();
        }
        finally
        {
            System.IO.File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
