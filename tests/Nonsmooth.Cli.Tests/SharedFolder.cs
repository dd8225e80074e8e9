namespace Nonsmooth.Cli.Tests;

/// <summary>Data sets that lie beside the repository; a test that needs them says so and is skipped without.</summary>
internal static class SharedFolder
{
    /// <summary>The folder that <c>--data-dir</c> takes, with a data set in it.</summary>
    public static string With(string name)
    {
        string? data = Roots.Select(r => Path.Combine(r, "data")).FirstOrDefault(d => Directory.Exists(Path.Combine(d, name)));
        Assert.SkipWhen(data is null, $"No folder shared/data/{name} beside a parent of {AppContext.BaseDirectory}, nor $NONSMOOTH_SHARED/data/{name}: the test of the study did not run.");
        return data!;
    }

    /// <summary>A file.</summary>
    public static string File(params string[] path)
    {
        string name = Path.Combine(path);
        string? file = Roots.Select(r => Path.Combine(r, name)).FirstOrDefault(System.IO.File.Exists);
        Assert.SkipWhen(file is null, $"No file shared/{name} beside a parent of {AppContext.BaseDirectory}, nor $NONSMOOTH_SHARED/{name}: the test did not run.");
        return file!;
    }

    private static IEnumerable<string> Roots
    {
        get
        {
            if (Environment.GetEnvironmentVariable("NONSMOOTH_SHARED") is { } named)
            {
                yield return named;
            }

            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            {
                yield return Path.Combine(folder.FullName, "shared");
            }
        }
    }
}
