using Nonsmooth.Cli.Tests.Runs;
using Nonsmooth.Data.Files;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Cli.Tests.Verbs;

[Collection("libtorch")]
public sealed class ReportVerbTests
{
    [Fact]
    public void RunsStandSideBySideInEveryForm()
    {
        using var folder = new TemporaryFolder();
        MadeRun.Tie(MadeRun.Write(folder, "a", [0.5, 0.75, 0.9]));
        MadeRun.Write(folder, "b", [0.5, 0.8], status: "running", network: "mlp:784-10", optimizer: "sgd");
        var text = ToolRun.In(folder.Path, "report", "a", "b", "--report", "page.html");
        Assert.Equal((0, "nonsmooth: wrote page.html\n"), (text.ExitCode, text.Error));
        Assert.Contains("broken off", text.Out, StringComparison.Ordinal);
        Assert.Contains("conv1.relu", text.Out, StringComparison.Ordinal);
        string page = File.ReadAllText(folder.File("page.html"));
        Assert.All(
            (string[])["Training loss by steps", "Test accuracy by seconds", "Kinks by layer", "Ranges of values by layer", "Where the time went", "Settings that differ", "All settings", "nonsmooth report a b"],
            part => Assert.Contains(part, page, StringComparison.Ordinal));

        var json = ToolRun.In(folder.Path, "report", "a", "b", "-j").Json;
        Assert.Equal(["a", "b"], json.GetProperty("runs").EnumerateArray().Select(r => r.GetProperty("name").GetString()!));
        Assert.Equal(["complete", "broken-off"], json.GetProperty("runs").EnumerateArray().Select(r => r.GetProperty("state").GetString()!));
        Assert.Equal(["network", "optimizer"], json.GetProperty("differing").EnumerateArray().Select(r => r.GetProperty("key").GetString()!));
        Assert.StartsWith("a ended best", json.GetProperty("verdict")[0].GetString(), StringComparison.Ordinal);

        string[] csv = ToolRun.In(folder.Path, "report", "a", "b", "--csv").Out.TrimEnd().Split('\n');
        Assert.StartsWith("run,state,network,optimizer", csv[0], StringComparison.Ordinal);
        Assert.Equal(["a,complete", "b,broken off"], csv[1..].Select(l => string.Join(',', l.Split(',')[..2])));
    }

    [Fact]
    public void ARealRunIsShown()
    {
        using var folder = new TemporaryFolder();
        string[] train = ["train", "mlp:784-16-10", "--train-count", "256", "--test-count", "100", "--batch", "32", "--threads", "1", "--epochs", "2", "--telemetry", "4", "--out"];
        var trained = ToolRun.In(folder.Path, [.. train, "runs/a", "--json"]);
        Assert.Equal((0, ""), (trained.ExitCode, trained.Error));
        var run = ToolRun.In(folder.Path, "report", "runs/a", "--json").Json.GetProperty("runs")[0];
        Assert.Equal(trained.Json.GetProperty("testAccuracy").GetDouble(), run.GetProperty("testAccuracy").GetDouble());
        Assert.Equal(16, run.GetProperty("curve").GetArrayLength());
        var site = Assert.Single(run.GetProperty("sites").EnumerateArray());
        Assert.Equal(("fc1.relu", 4), (site.GetProperty("site").GetString(), site.GetProperty("samples").GetInt32()));
        Assert.True(site.GetProperty("least").GetDouble() < 0);
    }

    [Fact]
    public void NothingToWatchIsToldAndOneFormAtATime()
    {
        using var folder = new TemporaryFolder();
        string path = MadeRun.Write(folder, "a", [0.5]);
        var idle = ToolRun.In(folder.Path, "report", "a", "--watch");
        Assert.Equal(2, idle.ExitCode);
        Assert.Contains("leave it out", idle.Error, StringComparison.Ordinal);
        Assert.Contains("give one of --json and --csv", ToolRun.In(folder.Path, "report", "a", "--csv", "--json").Error, StringComparison.Ordinal);

        using var stop = new CancellationTokenSource();
        stop.Cancel();
        using var held = FolderLock.Open(path);
        var stopped = ToolRun.With(context => context with { Folder = folder.Path, Stop = stop.Token }, "report", "a", "--watch");
        Assert.Equal(ExitCode.Interrupted, stopped.ExitCode);
        Assert.StartsWith("nonsmooth: watch at http://127.0.0.1:", stopped.Error, StringComparison.Ordinal);
    }
}
