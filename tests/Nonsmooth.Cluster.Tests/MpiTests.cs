using System.Diagnostics;
using Nonsmooth.Cluster.Trials;
using Nonsmooth.Randomness;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Cluster.Tests;

/// <summary>Ranks that are processes. All kinds of faults, on both libraries and more ranks, with <c>NONSMOOTH_TRIALS=1</c>.</summary>
[Trait("Speed", "Slow")]
public sealed class MpiTests
{
    private const string Program = "Nonsmooth.Cluster.Trials.dll";
    private static readonly bool _all = Environment.GetEnvironmentVariable("NONSMOOTH_TRIALS") == "1";

    [Theory]
    [InlineData("Open MPI", 2)]
    [InlineData("Open MPI", 4)]
    [InlineData("Open MPI", 8)]
    [InlineData("MPICH", 1)]
    [InlineData("MPICH", 2)]
    [InlineData("MPICH", 8)]
    public void SumsHaveTheBitsOfTheDefinition(string name, int ranks)
    {
        Assert.SkipWhen((ranks == 8 || (name, ranks) is ("MPICH", 1)) && !_all, "8 processes on two cores, and one alone: set NONSMOOTH_TRIALS=1");
        var run = Launcher.Of(name).Run(ranks, Program, "sums");
        Assert.True(run.ExitCode == 0, run.Error);
        string[] told = run.Out.Trim().Split('\t');
        Assert.StartsWith(name, told[0], StringComparison.Ordinal);
        Assert.Equal($"{ranks}", told[1]);
        Assert.Equal(Trial.Expected(), told[2]);
    }

    [Theory]
    [InlineData("Open MPI", "hangs", "rank \\d on HOST waited 1 s (for|to send to) rank \\d on HOST, which does not answer")]
    [InlineData("Open MPI", "differs", "rank 1 on HOST has instructions avx2, rank 0 on HOST has avx512: start all ranks with the same")]
    [InlineData("Open MPI", "throws", "rank 1 on HOST: the disk is full")]
    [InlineData("Open MPI", "stops", "rank \\d on HOST waited 1 s (for|to send to) rank \\d on HOST, which does not answer")]
    [InlineData("Open MPI", "leaves", "rank \\d on HOST (waited 1 s|sent 1 bytes where)")]
    [InlineData("Open MPI", "length", "rank 1 on HOST sent 5 bytes where rank 0 on HOST expects 7")]
    [InlineData("MPICH", "hangs", "rank \\d on HOST waited 1 s (for|to send to) rank \\d on HOST, which does not answer")]
    [InlineData("MPICH", "differs", "rank 1 on HOST has instructions avx2, rank 0 on HOST has avx512: start all ranks with the same")]
    [InlineData("MPICH", "throws", "rank 1 on HOST: the disk is full")]
    [InlineData("MPICH", "stops", "rank \\d on HOST waited 1 s (for|to send to) rank \\d on HOST, which does not answer")]
    [InlineData("MPICH", "leaves", "rank \\d on HOST (waited 1 s|sent 1 bytes where)")]
    [InlineData("MPICH", "length", "rank 1 on HOST sent 5 bytes where rank 0 on HOST expects 7")]
    public void AFaultEndsAllWithOneLine(string name, string what, string line)
    {
        Assert.SkipWhen(!_all && (name, what) is not (("Open MPI", "hangs" or "throws") or ("MPICH", "differs")), "set NONSMOOTH_TRIALS=1");
        var run = Launcher.Of(name).Run(2, Program, what, "1");
        Assert.NotEqual(0, run.ExitCode);
        string own = Assert.Single(run.Error.Split('\n'), l => l.StartsWith("nonsmooth: ", StringComparison.Ordinal));
        Assert.Matches("^nonsmooth: " + line.Replace("HOST", Environment.MachineName, StringComparison.Ordinal), own);
        Assert.True(run.Time < TimeSpan.FromSeconds(30), $"it took {run.Time}");
    }

    [Theory]
    [InlineData("Open MPI")]
    [InlineData("MPICH")]
    public void ARankThatIsKilledEndsAll(string name)
    {
        Assert.SkipWhen(!_all && name == "MPICH", "set NONSMOOTH_TRIALS=1");
        var run = Launcher.Of(name).Run(2, Program, "dies", "1");
        Assert.NotEqual(0, run.ExitCode);
        Assert.True(run.Time < TimeSpan.FromSeconds(30), $"it took {run.Time}");
    }

    /// <summary>Killed or stopped at moments that are drawn, in sums of all lengths.</summary>
    [Theory]
    [InlineData("Open MPI", "-KILL")]
    [InlineData("MPICH", "-KILL")]
    [InlineData("Open MPI", "-STOP")]
    [InlineData("MPICH", "-STOP")]
    public void RanksEndWhereverOneIsLost(string name, string signal)
    {
        Assert.SkipWhen(!_all, "set NONSMOOTH_TRIALS=1");
        var random = new CounterRandom(3).Sequence();
        for (int trial = 0; trial < 8; trial++)
        {
            int ranks = 2 << (trial % 2), wait = random.NextInt32(200);
            var run = Launcher.Of(name).Run(ranks, Program, lines =>
            {
                Thread.Sleep(wait);
                using var kill = Process.Start("kill", [signal, lines[trial % ranks].Trim()]);
                kill.WaitForExit();
            }, "loops");
            Assert.NotEqual(0, run.ExitCode);
            Assert.True(run.Time < TimeSpan.FromSeconds(20), $"it took {run.Time}: {run.Error}");
        }
    }

    [Theory]
    [InlineData("Open MPI")]
    [InlineData("MPICH")]
    public void ASecondStartIsRefused(string name)
    {
        Assert.SkipWhen(!_all, "set NONSMOOTH_TRIALS=1");
        var run = Launcher.Of(name).Run(1, Program, "twice");
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("MPI has been started in this process before", run.Error, StringComparison.Ordinal);
    }
}
