using Nonsmooth.Data.Files;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Data.Tests.Files;

public sealed class PhysicalFileSystemTests
{
    private readonly PhysicalFileSystem files = PhysicalFileSystem.Instance;

    [Fact]
    public void PreservesAFileUnderASecondName()
    {
        using var folder = new TemporaryFolder();
        var (path, backup) = (folder.Write("a", [1]), folder.Write("b", [2]));
        for (var i = 0; i < 2; i++)
        {
            files.Preserve(path, backup);
            Assert.Equal([1], File.ReadAllBytes(backup));
            Assert.Equal(!OperatingSystem.IsWindows(), File.Exists(path));
            Assert.DoesNotContain(Directory.GetFiles(folder.Path), name => name.EndsWith(".tmp", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void LeavesAFileInUse()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a");
        using (files.Create(path))
        {
            files.DeleteUnused(path);
            Assert.True(File.Exists(path));
        }

        files.DeleteUnused(path);
        Assert.False(File.Exists(path));
        files.DeleteUnused(path);
    }

    [Fact]
    public void SyncsAFolderAndNamesOneThatIsNotThere()
    {
        using var folder = new TemporaryFolder();
        files.SyncFolder(folder.Path);
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows syncs no folders.");
        Assert.Contains("'/nowhere'", Assert.Throws<IOException>(() => files.SyncFolder("/nowhere")).Message, StringComparison.Ordinal);
    }
}
