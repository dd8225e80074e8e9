namespace Nonsmooth.Tests.Shared;

/// <summary>Finds data that are too large for the repository.</summary>
internal static class SharedData
{
    /// <summary>The folder <c>shared/data</c>, in NONSMOOTH_SHARED or beside a parent of the tests; skips the test without it.</summary>
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
        return found!;
    }
}
