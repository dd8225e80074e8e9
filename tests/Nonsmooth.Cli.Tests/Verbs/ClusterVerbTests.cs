using System.Globalization;
using Nonsmooth.Cli.Clusters;
using Nonsmooth.Cli.Verbs;
using Nonsmooth.Cluster;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Cli.Tests.Verbs;

public sealed class ClusterVerbTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void ThreadsOfOneProcessFindTheSameBits(int ranks)
    {
        var run = ToolRun.Of("cluster", "--processes", $"{ranks}", "--json");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(ranks, run.Json.GetProperty("ranks").GetArrayLength());
        Assert.Equal(ranks - 1, run.Json.GetProperty("links").GetArrayLength());
        Assert.True(run.Json.GetProperty("isSame").GetBoolean());
        Assert.Equal(ranks != 3, run.Json.TryGetProperty("reduction", out _));
        Assert.All(run.Json.GetProperty("links").EnumerateArray(), link => Assert.True(link.GetProperty("latency").GetDouble() > 0 && link.GetProperty("bandwidth").GetDouble() > 0));
    }

    [Fact]
    public void ThePageSaysWhichMpiThereIsAndTheVerdict()
    {
        var run = ToolRun.With(context => context with { Launch = MpiLaunch.None with { Libraries = ["libnone-of-these.so"] } }, "cluster");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("2 ranks, threads of one process", run.Out, StringComparison.Ordinal);
        Assert.Contains("no library of MPI (libnone-of-these.so)", run.Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("The same bits on all ranks", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void ALauncherWithoutItsLibraryAndRanksOfBothKindsAreRefused()
    {
        var launch = new MpiLaunch("mpirun", 2, ["libnone-of-these.so"]);
        var run = ToolRun.With(context => context with { Launch = launch }, "cluster");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("mpirun started this process, and there is no library of MPI (libnone-of-these.so)", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, ToolRun.With(context => context with { Launch = launch }, "cluster", "--processes", "2").ExitCode);
        Assert.Equal(2, ToolRun.Of("cluster", "--processes", "0").ExitCode);
    }

    [Fact]
    public void WhatRanksMeasuredIsSavedForCost()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, ToolRun.In(folder.Path, "cluster", "--save", "links.json").ExitCode);
        var cluster = ToolRun.In(folder.Path, "cost", "mlp:8-4-2", "--ranks", "4", "--device", "1T:1GB/s", "--link", "links.json", "--json").Json;
        Assert.Equal("of links.json", cluster.GetProperty("links").GetString());
        Assert.Equal(2, cluster.GetProperty("cluster").GetProperty("ranksPerNode").GetInt32());
        Assert.Equal(Environment.ProcessorCount, cluster.GetProperty("cluster").GetProperty("processorsPerNode").GetInt32());
        Assert.True(cluster.GetProperty("cluster").GetProperty("secondsPerAddedByte").GetDouble() is > 1e-13 and < 1e-8);
        Assert.Equal(1, ToolRun.In(folder.Path, "cluster", "--processes", "1", "--save", "links.json").ExitCode);
        Assert.Equal(1, ToolRun.In(folder.Path, "cluster", "--processes", "3", "--save", "links.json").ExitCode);
        Assert.Equal(2, ToolRun.In(folder.Path, "cluster", "--save", "none/links.json").ExitCode);
    }

    [Theory]
    [InlineData(2, "a:2:0-1", "a:2:0-1", "a:2:0-1", "a:2:0-1")]
    [InlineData(2, "a:1:0", "a:1:1")]
    [InlineData(8, "a:4:0-3", "a:4:0-3", "a:4:4-7", "a:4:4-7", "b:9:0-8")]
    public void RanksWithTheSameProcessorsShareThem(int processors, params string[] ranks)
    {
        var rows = ranks.Select((r, rank) => r.Split(':') is var t ? new RankRow(rank, t[0], int.Parse(t[1], CultureInfo.InvariantCulture), "avx2", t[2]) : null!);
        Assert.Equal(processors, new ClusterReport(null, "", [], null, null, [.. rows], null, new TestSum([], null), [], null).Processors);
    }

    [Fact]
    public void OnlyTheFirstRankPrintsAndWrites()
    {
        using var folder = new TemporaryFolder();
        var (output, error) = (new StringWriter(), new StringWriter());
        var session = new Session(new ToolContext { Out = output, Error = error, ErrorIsTerminal = true, Folder = folder.Path }, Json: true);
        var silent = session.Silent();
        silent.Note("a line");
        silent.Write("a.txt", () => throw new InvalidOperationException("it is made"));
        silent.Context.Out.WriteLine("a table");
        Assert.False(silent.Context.ErrorIsTerminal);
        Assert.Equal(("", ""), (output.ToString(), error.ToString()));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
        session.Write("a.txt", () => "a");
        Assert.Equal($"nonsmooth: wrote a.txt{error.NewLine}", error.ToString());
    }

    [Fact]
    public void WhatIsNotDividedOverRanksIsRefusedThere()
    {
        var run = ToolRun.With(context => context with { Launch = new MpiLaunch("mpirun", 2, []) }, "networks");
        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        Assert.StartsWith("nonsmooth: mpirun started 2 processes, and networks would do the same in each: start it without", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, ToolRun.With(context => context with { Launch = new MpiLaunch("mpirun", 1, []) }, "networks").ExitCode);
    }
}
