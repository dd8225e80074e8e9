using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Cli.Tests.Verbs;

[Trait("Speed", "Slow")]
public sealed class QuickstartVerbTests
{
    [Fact]
    public void StopsWhenAsked()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var run = ToolRun.With(context => context with { Folder = folder.Path, Stop = stop.Token }, "quickstart", "--json");
        Assert.Equal((ExitCode.Interrupted, "nonsmooth: interrupted\n"), (run.ExitCode, run.Error));
        Assert.Equal("interrupted", run.Json.GetProperty("error").GetString());
    }
}
