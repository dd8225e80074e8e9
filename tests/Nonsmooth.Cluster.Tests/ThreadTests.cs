using System.Diagnostics;
using Nonsmooth.Cluster.Trials;

namespace Nonsmooth.Cluster.Tests;

public sealed class ThreadTests
{
    private static readonly ClusterOptions _brief = new() { Timeout = TimeSpan.FromSeconds(0.2) };

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(6)]
    public void BytesArriveForNumbersThatAreNoPowersOfTwo(int size) => ThreadRanks.Run(size, Trial.CheckMoves);

    [Fact]
    public void NobodyPassesABarrierBeforeAllHaveComeToIt()
    {
        int come = 0;
        ThreadRanks.Run(7, ranks =>
        {
            for (int round = 1; round <= 20; round++)
            {
                Interlocked.Increment(ref come);
                ranks.Barrier();
                Assert.True(Volatile.Read(ref come) >= 7 * round);
                ranks.Barrier();
            }
        });
        Assert.Equal(140, come);
    }

    [Fact]
    public void ARankThatHangsEndsAll()
    {
        using var over = new ManualResetEventSlim();
        var watch = Stopwatch.StartNew();
        string line = Fails(4, ranks =>
        {
            if (ranks.Rank == 2)
            {
                over.Wait();
            }

            ranks.Barrier();
        });
        over.Set();
        Assert.Matches($"^rank \\d on {Environment.MachineName} waited 0.2 s (for|to send to) rank \\d on {Environment.MachineName}, which does not answer", line);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void ARankThatThrowsEndsAllAtOnce(int bad)
    {
        var watch = Stopwatch.StartNew();
        string line = Assert.Throws<CommunicationException>(() => ThreadRanks.Run(4, ranks =>
        {
            if (ranks.Rank == bad)
            {
                throw new NonsmoothException("the disk is full");
            }

            ranks.Barrier();
        })).Message;
        Assert.Equal($"rank {bad} on {Environment.MachineName}: the disk is full", line);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void ADefectKeepsItsTypeAndTrace()
    {
        var defect = Assert.Throws<KeyNotFoundException>(() => ThreadRanks.Run(2, ranks =>
        {
            if (ranks.Rank == 1)
            {
                throw new KeyNotFoundException("a defect");
            }

            ranks.Barrier();
        }));
        Assert.Contains(nameof(ADefectKeepsItsTypeAndTrace), defect.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public void ARankThatEndsEarlyIsNamed() => Assert.Contains("which has ended", Assert.Throws<CommunicationException>(() => ThreadRanks.Run(2, ranks =>
    {
        if (ranks.Rank == 0)
        {
            ranks.Barrier();
        }
    })).Message, StringComparison.Ordinal);

    [Fact]
    public void AbortEndsAll() => Assert.Equal($"rank 1 on {Environment.MachineName}: enough", Fails(3, ranks =>
    {
        if (ranks.Rank == 1)
        {
            ranks.Abort("enough");
        }

        ranks.Barrier();
    }));

    [Fact]
    public void AnotherLengthIsRefused() => Assert.Contains($"rank 1 on {Environment.MachineName} sent 5 bytes where rank 0 on {Environment.MachineName} expects 7", Fails(2, ranks =>
    {
        if (ranks.Rank == 0)
        {
            ranks.Receive(new byte[7], 1);
        }
        else
        {
            ranks.Send(new byte[5], 0);
        }
    }), StringComparison.Ordinal);

    [Fact]
    public void AfterAFailureNothingElseIsDone() => Fails(2, ranks =>
    {
        string first = Assert.Throws<CommunicationException>(() => ranks.Receive(new byte[1], 1 - ranks.Rank)).Message;
        Assert.Equal(first, Assert.Throws<CommunicationException>(ranks.Barrier).Message);
    });

    [Fact]
    public void WhatDiffersIsNamedOnEveryRank()
    {
        var lines = new string[4];
        ThreadRanks.Run(4, ranks => lines[ranks.Rank] = Assert.Throws<CommunicationException>(
            () => ranks.Agree(new Dictionary<string, string> { ["seed"] = "1", ["instructions"] = ranks.Rank >= 2 ? "avx2" : "avx512" })).Message);
        Assert.Equal($"rank 2 on {Environment.MachineName} has instructions avx2, rank 0 on {Environment.MachineName} has avx512: start all ranks with the same", Assert.Single(lines.Distinct()));
        Assert.Contains("has b none", Fails(2, ranks => ranks.Agree(new Dictionary<string, string> { ["a"] = "1", [ranks.Rank == 0 ? "b" : "a"] = "1" })), StringComparison.Ordinal);
        ThreadRanks.Run(3, ranks => ranks.Agree(new Dictionary<string, string> { ["a"] = "one\ttwo\nthree", ["b"] = "" }));
    }

    [Fact]
    public void WhatCannotBeAskedIsRefused()
    {
        Assert.Throws<NonsmoothException>(() => ThreadRanks.Run(0, _ => { }));
        Assert.Throws<NonsmoothException>(() => new ClusterOptions { Timeout = TimeSpan.Zero });
        using var alone = new SingleCommunicator();
        Assert.Throws<ArgumentOutOfRangeException>(() => alone.Send([], 0));
        Assert.Throws<ArgumentException>(() => alone.Gather<float>([1], [], 0));
        Assert.Throws<ArgumentException>(() => TreeSum.AllReduce<float>(alone, new float[2], new float[1]));
        ThreadRanks.Run(2, ranks =>
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => ranks.Send([], ranks.Rank));
            Assert.Throws<ArgumentOutOfRangeException>(() => ranks.Receive([], 2));
            Assert.Throws<ArgumentOutOfRangeException>(() => ranks.Broadcast([], -1));
        });
    }

    [Fact]
    public void LinksAreMeasured()
    {
        IReadOnlyList<Link>? links = null;
        ThreadRanks.Run(3, ranks =>
        {
            var own = LinkMeasurement.Links(ranks, TimeProvider.System);
            Assert.Equal(ranks.Rank == 0 ? 2 : 0, own.Count);
            links = ranks.Rank == 0 ? own : links;
        });
        Assert.All(links!, link => Assert.True(link.Latency > 0 && link.Bandwidth > 0));
        ThreadRanks.Run(2, ranks => Assert.True(LinkMeasurement.AllReduce(ranks, TimeProvider.System, 1000) > 0));
    }

    private static string Fails(int size, Action<ICommunicator> work) => Assert.Throws<CommunicationException>(() => ThreadRanks.Run(size, work, _brief)).Message;
}
