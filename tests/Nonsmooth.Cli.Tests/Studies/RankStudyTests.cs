using System.Text.Json.Nodes;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Cli.Tests.Studies;

/// <summary>Verbs that share their work over ranks: what they say does not depend on how many there are, nor on who carries the bytes.</summary>
[Trait("Speed", "Slow")]
public sealed class RankStudyTests
{
    // Times, and the command that names the number of ranks.
    private static bool IsFree(string name) => name.StartsWith("seconds", StringComparison.Ordinal) || name == "rerun";

    [Fact]
    public void DrawsAreSharedByThreadsAndByProcesses()
    {
        string data = SharedFolder.With("mnist");
        using var folder = new TemporaryFolder();
        string[] Arguments(string log) =>
            ["reproduce", "relu-volumes", "--row", "3x16, batch 256, f16", "--draws", "6", "--draw-log", folder.File(log), "--data-dir", data, "--json"];
        string alone = Of([.. Arguments("1"), "--processes", "1"]);
        Assert.Equal(alone, Of([.. Arguments("2"), "--processes", "2"]));
        Assert.Equal(alone, Of([.. Arguments("4"), "--processes", "4"]));
        var run = Launcher.OpenMpi.Run(2, "Nonsmooth.Cli.dll", Arguments("mpi"));
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(alone, Told(run.Out));
        string[] draws = [.. File.ReadLines(folder.File("1")).Order(StringComparer.Ordinal)];
        Assert.Equal(7, draws.Length);
        Assert.All((string[])["2", "4", "mpi"], log => Assert.Equal(draws, File.ReadLines(folder.File(log)).Order(StringComparer.Ordinal)));

        // Another number of ranks takes the log up.
        File.WriteAllLines(folder.File("cut"), File.ReadLines(folder.File("4")).Where((_, i) => i != 2));
        Assert.Equal(alone, Of([.. Arguments("cut"), "--processes", "3"]));
        Assert.Equal(draws, File.ReadLines(folder.File("cut")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void AnAuditIsTheSame()
    {
        string[] arguments =
        [
            "audit", "mlp:784-16-10", "--data", "strokes", "--train-count", "256", "--test-count", "256", "--batch", "32", "--draws", "3", "--batches", "2",
            "--precision", "f16", "--precision", "f32", "--training-steps", "3", "--training-seeds", "3", "--json",
        ];
        string alone = Of([.. arguments, "--processes", "1"]);
        Assert.Equal(alone, Of([.. arguments, "--processes", "2"]));
        Assert.Equal(alone, Of([.. arguments, "--processes", "4"]));
    }

    [Fact]
    public void AComparisonIsTheSameAndIsTakenUpByAnotherNumberOfRanks()
    {
        using var folder = new TemporaryFolder();
        string[] arguments =
        [
            "compare", "mlp:784-16-10", "--data", "strokes", "--train-count", "400", "--test-count", "100", "--epochs", "1", "--trials", "3", "--seeds", "2",
            "--optimizers", "adamw,sgd,adamw:weight-decay=1e6", "--json",
        ];
        string alone = Of([.. arguments, "--processes", "1"]);
        Assert.Equal(alone, Of([.. arguments, "--processes", "2", "--out", folder.Path]));
        string kept = File.ReadAllText(folder.File("runs.jsonl"));
        Assert.Equal(alone, Of([.. arguments, "--processes", "3", "--out", folder.Path]));
        Assert.Equal(kept, File.ReadAllText(folder.File("runs.jsonl")));
    }

    [Fact]
    public void AStopEndsAllRanksAndShowsWhatIsDone()
    {
        string data = SharedFolder.With("mnist");
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        string log = folder.File("log");
        using var watch = new Timer(_ =>
        {
            if (File.Exists(log) && File.ReadLines(log).Count() > 4)
            {
                stop.Cancel();
            }
        }, null, 0, 5);
        var run = ToolRun.With(
            context => context with { Stop = stop.Token },
            "reproduce", "relu-volumes", "--row", "3x64, batch 256, f32", "--draws", "900", "--draw-log", log, "--data-dir", data, "--processes", "3", "--json");
        Assert.Equal(130, run.ExitCode);
        Assert.StartsWith("nonsmooth: interrupted: 1 row(s) are finished", run.Error, StringComparison.Ordinal);
        Assert.True(run.Json.GetProperty("interrupted").GetBoolean());
        Assert.InRange(File.ReadLines(log).Count(), 4, 800);
    }

    private static string Of(params string[] arguments)
    {
        var run = ToolRun.Of(arguments);
        Assert.True(run.ExitCode == 0, run.Error);
        return Told(run.Out);
    }

    private static string Told(string json)
    {
        var node = JsonNode.Parse(json)!;
        Strip(node);
        return node.ToJsonString();
    }

    private static void Strip(JsonNode? node)
    {
        if (node is JsonObject members)
        {
            foreach (string free in members.Select(m => m.Key).Where(IsFree).ToList())
            {
                members.Remove(free);
            }

            foreach (var member in members)
            {
                Strip(member.Value);
            }
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                Strip(item);
            }
        }
    }
}
