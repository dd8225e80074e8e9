using System.Text.Json;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Cli.Tests.Verbs;

[Collection("libtorch")]
[Trait("Speed", "Slow")]
public sealed class CompareVerbTests
{
    private static readonly string[] _small =
    [
        "compare", "mlp:784-16-10", "--train-count", "240", "--test-count", "100", "--epochs", "2", "--set", "batch=12", "--threads", "1",
        "--trials", "2", "--evaluations", "3", "--optimizers", "adamw,adamw:weight-decay=100",
    ];

    [Fact]
    public void SaysWhichIsWorseAndWritesAPage()
    {
        using var folder = new TemporaryFolder();
        var run = ToolRun.In(folder.Path, [.. _small, "--seeds", "6", "--report", "page.html"]);
        Assert.Equal((0, "nonsmooth: wrote page.html\n"), (run.ExitCode, run.Error));
        Assert.Contains("adamw weight-decay=100 ends higher than adamw: test loss by ", run.Out, StringComparison.Ordinal);
        Assert.Contains("0 of 6", run.Out, StringComparison.Ordinal);
        Assert.Contains("2 optimizers, 16 runs, 576 steps: for each optimizer 2 trials of 36 steps (72 in all, the same budget for each)", run.Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
        string page = File.ReadAllText(Path.Combine(folder.Path, "page.html"));
        Assert.Equal(3, page.Split("role=\"img\"").Length - 1);
        Assert.Equal(6, page.Split("<polyline").Length - 1);
        Assert.Contains("adamw weight-decay=100 ends higher", page, StringComparison.Ordinal);
        Assert.Contains("nonsmooth compare mlp:784-16-10", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
    }

    [Fact]
    public void GivesEveryNumberAsJson()
    {
        var run = ToolRun.Of([.. _small, "--seeds", "6", "--json"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var report = run.Json.GetProperty("report");
        Assert.Equal("adamw", report.GetProperty("reference").GetString());
        Assert.Equal(72, report.GetProperty("plan").GetProperty("tuningSteps").GetInt64());
        JsonElement[] contenders = [.. report.GetProperty("contenders").EnumerateArray()];
        Assert.Equal(["reference", "higher"], contenders.Select(c => c.GetProperty("verdict").GetString()));
        Assert.All(contenders, c => Assert.Equal((2, 6), (c.GetProperty("trials").GetArrayLength(), c.GetProperty("runs").GetArrayLength())));
        Assert.All(contenders.SelectMany(c => c.GetProperty("runs").EnumerateArray()), r => Assert.Equal(3, r.GetProperty("curve").GetArrayLength()));
        Assert.True(contenders[1].GetProperty("lossDifference").GetProperty("low").GetDouble() > 0);
    }

    [Fact]
    public void TheSameCommandAgainGoesOnWhereItWasStopped()
    {
        using var folder = new TemporaryFolder();
        string[] kept = [.. _small, "--seeds", "3", "--out", "kept runs", "--json"];
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var stopped = ToolRun.With(context => context with { Folder = folder.Path, Stop = stop.Token }, kept);
        Assert.Equal((ExitCode.Interrupted, "nonsmooth: interrupted\n"), (stopped.ExitCode, stopped.Error));
        Assert.Equal("interrupted", stopped.Json.GetProperty("error").GetString());

        var whole = ToolRun.In(folder.Path, kept);
        string file = Path.Combine(folder.Path, "kept runs", "runs.jsonl");
        string[] lines = File.ReadAllLines(file);
        Assert.Equal(10, lines.Length);
        File.WriteAllLines(file, lines.Take(9));
        var again = ToolRun.In(folder.Path, kept);
        Assert.Equal((0, 0), (whole.ExitCode, again.ExitCode));
        Assert.Equal(lines.Take(9), File.ReadAllLines(file).Take(9));
        double Mean(ToolRun run) => run.Json.GetProperty("report").GetProperty("contenders")[1].GetProperty("testLoss").GetProperty("mean").GetDouble();
        Assert.Equal(Mean(whole), Mean(again));
    }

    [Fact]
    public void ADryRunOnlySaysWhatItWouldDo()
    {
        using var folder = new TemporaryFolder();
        var run = ToolRun.In(folder.Path, [.. _small, "--seeds", "3", "--budget", "40", "--out", "runs", "--dry-run"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("2 optimizers, 10 runs, 288 steps", run.Out, StringComparison.Ordinal);
        Assert.Contains("A trial's schedule shrinks to 1 epoch of 2", run.Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("216 examples; 24 of the training half are held out", run.Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "runs")));
    }

    [Fact]
    public void OneSeedCannotTell()
    {
        var run = ToolRun.Of([.. _small, "--seeds", "1"]);
        Assert.Contains("cannot tell, 1 pair of finished runs; an interval takes 6.", run.Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }
}
