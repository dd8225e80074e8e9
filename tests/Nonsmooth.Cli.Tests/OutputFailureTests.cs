using System.Diagnostics;
using Nonsmooth.Cli.Shell;

namespace Nonsmooth.Cli.Tests;

/// <summary>What the tool does where it cannot say what it has to, or is asked for too much.</summary>
public class OutputFailureTests
{
    [Theory]
    [InlineData("> /dev/full", "No space left on device")]
    [InlineData(">&-", "Bad file descriptor")]
    public void StandardOutputThatTakesNothingIsOneLineAndExitCodeOne(string redirection, string why)
    {
        var (code, error) = Shell($"{Tool} cost mlp:2-3-2 {redirection}");
        Assert.Equal(1, code);
        Assert.Equal($"nonsmooth: standard output cannot be written ({why}): the result is lost or cut", error.TrimEnd());
    }

    [Fact]
    public void StandardErrorThatTakesNothingIsSilent() => Assert.Equal((2, ""), Shell($"{Tool} cost no-such-network 2> /dev/full"));

    [Theory]
    [InlineData("cost", "mlp:2147483647-2147483647-10")]
    [InlineData("cost", "lenet5", "--input", "1x2147483647x2147483647")]
    [InlineData("cost", "smallresnet", "--input", "3x2147483647x2147483647")]
    public void SizesBeyondCountingAreRefusedInOneLine(params string[] line)
    {
        var run = ToolRun.Of(line);
        Assert.InRange(run.ExitCode, 1, 2);
        Assert.Equal("", run.Out);
        Assert.DoesNotContain("defect", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void ControlCharactersOfAFileAreWrittenOut()
    {
        using var folder = new Nonsmooth.Tests.Shared.TemporaryFolder();
        folder.Write("own.json", "{\"a\\u001b[31m\\n\\u0000\":1}"u8.ToArray());
        var run = ToolRun.In(folder.Path, "train", "own.json");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("a\\u001B[31m\\u000A\\u0000", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    private static string Tool => $"dotnet '{typeof(Tool).Assembly.Location}'";

    private static (int Code, string Error) Shell(string command)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs /dev/full");
        using var process = Process.Start(new ProcessStartInfo("sh") { ArgumentList = { "-c", command }, RedirectStandardError = true })!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error);
    }
}
