using System.Diagnostics;
using Nonsmooth.Cluster.Trials;
using Nonsmooth.Randomness;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Cluster.Tests;

/// <summary>Tasks handed out to ranks that are processes. Both libraries and more ranks with <c>NONSMOOTH_TRIALS=1</c>.</summary>
[Trait("Speed", "Slow")]
public sealed class MpiQueueTests
{
    private const string Program = "Nonsmooth.Cluster.Trials.dll";

    private static readonly bool _all = Environment.GetEnvironmentVariable("NONSMOOTH_TRIALS") == "1";

    [Theory]
    [InlineData("Open MPI", 2)]
    [InlineData("Open MPI", 4)]
    [InlineData("MPICH", 1)]
    [InlineData("MPICH", 3)]
    public void ResultsAreThoseOfOneRank(string name, int ranks)
    {
        Assert.SkipWhen(!_all && (name, ranks) is ("Open MPI", 4) or ("MPICH", 1), "set NONSMOOTH_TRIALS=1");
        var run = Launcher.Of(name).Run(ranks, Program, "queue");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal("", run.Error);
        Assert.Matches($"{name} .*\t{ranks}\t0\tTrue$", run.Out.Trim());
    }

    [Theory]
    [InlineData("Open MPI", "queue-throws", "failed on rank 1 on .* .the disk is full.: another rank does it", 0)]
    [InlineData("Open MPI", "queue-stops", "rank 1 on .* has said nothing of task", 1)]
    [InlineData("MPICH", "queue-throws", "failed on rank 1 on .* .the disk is full.: another rank does it", 0)]
    [InlineData("MPICH", "queue-stops", "rank 1 on .* has said nothing of task", 1)]
    public void ATaskOfARankThatFailsIsDoneByAnother(string name, string what, string notice, int code)
    {
        Assert.SkipWhen(!_all && name == "MPICH", "set NONSMOOTH_TRIALS=1");
        var run = Launcher.Of(name).Run(2, Program, what, "1");
        Assert.Contains("\tTrue", run.Out, StringComparison.Ordinal);
        Assert.Matches(notice, run.Error);
        Assert.Equal(code != 0, run.ExitCode != 0);
        Assert.Equal(code != 0, run.Error.Contains("nonsmooth: rank 1 on", StringComparison.Ordinal));
    }

    /// <summary>Launchers end a job of which a process is killed: what is written is kept, and the next job does the rest.</summary>
    [Theory]
    [InlineData("Open MPI")]
    [InlineData("MPICH")]
    public void AJobThatIsKilledIsTakenUp(string name)
    {
        Assert.SkipWhen(!_all && name == "MPICH", "set NONSMOOTH_TRIALS=1");
        var random = new CounterRandom(8).Sequence();
        for (int trial = 0; trial < (_all ? 8 : 1); trial++)
        {
            using var folder = new TemporaryFolder();
            string path = Path.Combine(folder.Path, "results");
            int ranks = 2 + (trial % 2), wait = 20 + random.NextInt32(150);
            var killed = Launcher.Of(name).Run(ranks, Program, lines =>
            {
                Thread.Sleep(wait);
                using var kill = Process.Start("kill", ["-KILL", lines[trial % ranks].Trim()]);
                kill.WaitForExit();
            }, "queue", "-1", path);
            Assert.True(killed.Time < TimeSpan.FromSeconds(20), $"it took {killed.Time}: {killed.Error}");
            int kept = File.Exists(path) ? File.ReadLines(path).Count(line => line.EndsWith('.')) : 0;
            var rest = Launcher.Of(name).Run(1 + (trial % 3), Program, "queue", "-1", path);
            Assert.True(rest.ExitCode == 0, rest.Error);
            Assert.EndsWith($"\t{kept}\tTrue", rest.Out.Trim(), StringComparison.Ordinal);
            Assert.Equal(QueueTrial.Count, File.ReadLines(path).Count(line => line.EndsWith('.')));
        }
    }
}
