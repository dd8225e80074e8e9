using System.Diagnostics;

namespace Nonsmooth.Cli.Tests;

/// <summary>What the README shows is compiled and run.</summary>
public sealed class SampleTests
{
    private static readonly string _root = Root();

    public static TheoryData<string> Samples =>
        [.. Directory.GetFiles(Path.Combine(_root, "samples"), "*.cs").Select(f => Path.GetFileName(f)).Order()];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task EverySampleRuns(string sample)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["run", Path.Combine("samples", sample)])
        {
            WorkingDirectory = _root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var stop = TestContext.Current.CancellationToken;
        var error = process.StandardError.ReadToEndAsync(stop);
        string output = await process.StandardOutput.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop);
        Assert.True(process.ExitCode == 0, output + await error);
        Assert.NotEmpty(output);
    }

    [Fact]
    public void TheReadmesCodeIsThatOfTheSample()
    {
        string readme = File.ReadAllText(Path.Combine(_root, "README.md"));
        int start = readme.IndexOf("```csharp\n", StringComparison.Ordinal) + 10;
        string code = readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)];
        Assert.Contains(code, File.ReadAllText(Path.Combine(_root, "samples", "gradient.cs")), StringComparison.Ordinal);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Nonsmooth.slnx")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
