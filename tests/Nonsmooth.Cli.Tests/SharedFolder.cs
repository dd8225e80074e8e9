namespace Nonsmooth.Cli.Tests;

/// <summary>Data sets that lie beside the repository; a test that needs them says so and is skipped without.</summary>
internal static class SharedFolder
{
    /// <summary>The folder that <c>--data-dir</c> takes, with a data set in it.</summary>
    public static string With(string name)
    {
        var roots = new List<string?> { Environment.GetEnvironmentVariable("NONSMOOTH_SHARED") };
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            roots.Add(Path.Combine(folder.FullName, "shared"));
        }

        string? data = roots.OfType<string>().Select(r => Path.Combine(r, "data")).FirstOrDefault(d => Directory.Exists(Path.Combine(d, name)));
        Assert.SkipWhen(data is null, $"No folder shared/data/{name} beside a parent of {AppContext.BaseDirectory}, nor $NONSMOOTH_SHARED/data/{name}: the test of the study did not run.");
        return data!;
    }
}
