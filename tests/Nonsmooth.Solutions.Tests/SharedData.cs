namespace Nonsmooth.Solutions.Tests;

/// <summary>Finds data that are too large for the repository.</summary>
internal static class SharedData
{
    /// <summary>A file of <c>shared/data</c>, in NONSMOOTH_SHARED or beside a parent of the tests; skips the test without it.</summary>
    public static string FileOrSkip(string name)
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

        string? found = roots.Select(root => Path.Combine(root, name)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(found is null, $"RECORDED TRUTHS NOT CHECKED: no shared/data/{name} beside a parent of {AppContext.BaseDirectory}, nor $NONSMOOTH_SHARED/data/{name}");
        return found!;
    }
}
