using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Data.Tests;

public sealed class CacheFoldersTests
{
    private static readonly DataLocations Cached = new() { Cache = "cache" };

    [Fact]
    public void TakesTheDataFolderFirstThenTheUsersCache()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal([folder.Path, Path.Combine("cache", "x")], CacheFolders.For(folder.Path, "x", Cached));
        Assert.Equal([folder.Path], CacheFolders.For(folder.Path, "x", DataLocations.None));
    }

    [Fact]
    public void LeavesARepositoryAlone()
    {
        using var folder = new TemporaryFolder();
        folder.Write(".git", []);
        Assert.Equal([Path.Combine("cache", "x")], CacheFolders.For(folder.Subfolder("data"), "x", Cached));
    }

    [Fact]
    public void LeavesAReadOnlyFolderAlone()
    {
        using var folder = new TemporaryFolder();
        TemporaryFolder.WhileReadOnly(folder.Path, () =>
            Assert.Equal([Path.Combine("cache", "x")], CacheFolders.For(folder.Path, "x", Cached)));
    }
}
