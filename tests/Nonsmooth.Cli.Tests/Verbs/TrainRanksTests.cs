using System.Security.Cryptography;
using Nonsmooth.Tests.Shared;
using Nonsmooth.Training.Checkpoints;

namespace Nonsmooth.Cli.Tests.Verbs;

/// <summary>Training over ranks as users start it.</summary>
[Trait("Speed", "Slow")]
public sealed class TrainRanksTests
{
    private static readonly string[] _run = ["train", "lenet5", "--data", "strokes", "--train-count", "64", "--test-count", "16", "--batch", "32", "--epochs", "2"];

    [Theory]
    [InlineData("Open MPI")]
    [InlineData("MPICH")]
    public void ALaunchersRanksGiveTheBitsOfThreads(string name)
    {
        using var folder = new TemporaryFolder();
        var launched = (name == "MPICH" ? Launcher.Mpich : Launcher.OpenMpi)
            .Run(2, "Nonsmooth.Cli.dll", [.. _run, "--shard-states", "--out", folder.File("launched")]);
        Assert.True(launched.ExitCode == 0, launched.Error);
        Assert.Contains("2 ranks shared each step", launched.Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal(2, launched.Error.Split("is done, train loss").Length - 1);
        var threads = ToolRun.Of([.. _run, "--processes", "2", "--out", folder.File("threads")]);
        Assert.Equal((0, ""), (threads.ExitCode, threads.Error));
        var one = ToolRun.Of([.. _run, "--shards", "8", "--out", folder.File("one")]);
        Assert.Equal((0, ""), (one.ExitCode, one.Error));
        Assert.Equal(Bits(folder.File("one")), Bits(folder.File("threads")));
        Assert.Equal(Bits(folder.File("one")), Bits(folder.File("launched")));
    }

    [Theory]
    [InlineData("3 ranks cannot share 8 shards: start 1, 2, 4 or 8", "--processes", "3")]
    [InlineData("shards is '6': give a power of two, as 8", "--shards", "6")]
    [InlineData("a batch of 32 examples does not make 64 equal shards", "--shards", "64")]
    public void WhatCannotBeSharedIsOneLine(string line, params string[] options)
    {
        var run = ToolRun.Of([.. _run, .. options]);
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(line, Assert.Single(run.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    private static IEnumerable<(string, string)> Bits(string folder) =>
        from tensor in new CheckpointFolder(folder).LoadLast().Tensors
        where tensor.Key != "run.history"
        orderby tensor.Key
        select (tensor.Key, Convert.ToHexString(SHA256.HashData(tensor.Value.Bytes.Span)));
}
