using System.Collections.Concurrent;
using Nonsmooth.Cluster.Trials;

namespace Nonsmooth.Cluster.Tests;

/// <summary>Tasks handed out to ranks that are threads.</summary>
public sealed class QueueTests
{
    private const double Brief = 0.6;

    private static readonly string[] _expected = [.. Enumerable.Range(0, QueueTrial.Count).Select(QueueTrial.Expected)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void ResultsAreThoseOfOneRankForTasksOfAnyLength(int size)
    {
        var told = new List<int>();
        var hands = new ConcurrentBag<int>();
        var all = Over(size, queue => queue.Run(QueueTrial.List(item => hands.Add(queue.Rank)) with { Done = result => told.Add(result.Index) }));
        Assert.All(all, results => Assert.Equal(_expected, results));
        Assert.Equal(Enumerable.Range(0, QueueTrial.Count), told.Order());
        Assert.Equal(size, hands.Distinct().Count());
    }

    [Fact]
    public void ATaskGetsTheResultsThatItNeeds()
    {
        var list = new WorkList<string>(12, item => $"{string.Concat(item.Needed)}{item.Index}.") { Needs = index => index < 3 ? [] : [index - 3, index % 3] };
        var alone = WorkQueue.Alone().Run(list);
        Assert.Equal("0.0.3.0.6.0.9.", alone[9]);
        Assert.All(Over(3, queue => queue.Run(list)), results => Assert.Equal(alone, results));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void WhatIsKnownIsNotDoneAgain(int size)
    {
        var done = new ConcurrentBag<int>();
        var told = new List<WorkResult<string>>();
        double share = 0;
        var all = Over(size, queue => queue.Run(QueueTrial.List(item => done.Add(item.Index)) with
        {
            Known = item => item.Index % 3 != 1 ? QueueTrial.Expected(item.Index) : null, Done = told.Add, Progress = (part, _) => share = part,
        }));
        Assert.All(all, results => Assert.Equal(_expected, results));
        Assert.All(done, index => Assert.Equal(1, index % 3));
        Assert.Equal(done.Order(), told.Where(t => !t.IsKnown).Select(t => t.Index).Order());
        Assert.All(told.Where(t => t.IsKnown), t => Assert.Equal(TimeSpan.Zero, t.Elapsed));
        Assert.Equal(1, share, 9);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void ARankWhoseTaskThrowsIsLeftOut(int odd)
    {
        var notices = new List<string>();
        var hands = new ConcurrentBag<int>();
        var all = Over(
            3,
            queue => queue.Run(QueueTrial.List(item =>
            {
                hands.Add(queue.Rank);
                if (queue.Rank == odd)
                {
                    throw new CommunicationException("the cable is out");
                }
            })),
            notices);
        Assert.All(all, results => Assert.Equal(_expected, results));
        Assert.Equal(1, hands.Count(rank => rank == odd));
        Assert.Matches($"^task \\d+ failed on rank {odd} on \\S+ \\(the cable is out\\): another rank does it, and this one gets no more$", Assert.Single(notices));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void ATaskThatThrowsOnTwoRanksEndsAll(int size)
    {
        var thrown = Assert.ThrowsAny<NonsmoothException>(() => Over(size, queue => queue.Run(QueueTrial.List(item =>
        {
            if (item.Index == 5)
            {
                throw new NonsmoothException("task 5 cannot be");
            }
        }))));
        Assert.EndsWith("task 5 cannot be", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ARankThatHangsLosesItsTaskAndTheEndSaysSo()
    {
        IReadOnlyList<string>? first = null;
        var notices = new List<string>();
        string line = Assert.Throws<CommunicationException>(() => Over(
            3,
            queue =>
            {
                var results = queue.Run(QueueTrial.List(item =>
                {
                    if (queue.Rank == 1)
                    {
                        Thread.Sleep(Timeout.Infinite);
                    }
                }));
                first = queue.Rank == 0 ? results : first;
                return results;
            },
            notices,
            Brief)).Message;
        Assert.Equal(_expected, first);
        Assert.Matches("^rank 1 on .* has said nothing of task \\d+ for 0.6 s: another rank does it$", Assert.Single(notices));
        Assert.Matches("^rank 1 on .* has not answered again; its work was done by others, and the results are whole$", line);
    }

    [Fact]
    public void WhatALateRankSendsIsLeftAside()
    {
        int late = -1, again = 0;
        var notices = new List<string>();
        var all = Over<IReadOnlyList<string>>(
            2,
            queue =>
            {
                var results = queue.Run(QueueTrial.List(item =>
                {
                    if (queue.Rank == 1 && late < 0)
                    {
                        late = item.Index;
                        Thread.Sleep(TimeSpan.FromSeconds(0.9));
                    }
                    else if (item.Index == late)
                    {
                        again++;
                    }
                }));

                // It takes part in the next list.
                return [.. results, .. queue.Run(QueueTrial.List(_ => { }))];
            },
            notices,
            Brief);
        Assert.All(all, results => Assert.Equal([.. _expected, .. _expected], results));
        Assert.Equal(1, again);
        Assert.Equal(2, notices.Count);
        Assert.EndsWith("answers again", notices[1], StringComparison.Ordinal);
    }

    [Fact]
    public void ATaskThatSaysHowFarItIsMayTakeLonger()
    {
        var all = Over(2, queue => queue.Run(new WorkList<string>(2, item =>
        {
            for (int i = 0; i < 20; i++)
            {
                Thread.Sleep(50);
                item.Report(i / 20.0);
            }

            return $"{item.Index}";
        })), timeout: Brief);
        Assert.All(all, results => Assert.Equal(["0", "1"], results));
    }

    [Fact]
    public void WhereRankZeroHangsAllEndWithALine() =>
        Assert.Matches("^rank 0 on .*: rank 0 on .* has said nothing of task \\d+ for 0.6 s$", Assert.Throws<CommunicationException>(() => Over(2, queue => queue.Run(QueueTrial.List(item =>
        {
            if (queue.Rank == 0)
            {
                Thread.Sleep(Timeout.Infinite);
            }
        })), timeout: Brief)).Message);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void AStopOfOneRankStopsAllAndKeepsWhatIsDone(int stopping)
    {
        using var stop = new CancellationTokenSource();
        var (done, stopped) = (new List<int>(), new ConcurrentBag<int>());
        Over<IReadOnlyList<string>>(3, queue =>
        {
            var token = queue.Rank == stopping ? stop.Token : CancellationToken.None;
            Assert.Throws<OperationCanceledException>(() => queue.Run(
                QueueTrial.List(item => item.Cancellation.ThrowIfCancellationRequested()) with
                {
                    Done = result =>
                    {
                        done.Add(result.Index);
                        if (done.Count == 6)
                        {
                            stop.Cancel();
                        }
                    },
                },
                token));
            Assert.Throws<OperationCanceledException>(() => queue.Run(QueueTrial.List(_ => { }), token));
            stopped.Add(queue.Rank);
            return [];
        });
        Assert.Equal([0, 1, 2], stopped.Order());
        Assert.InRange(done.Count, 6, QueueTrial.Count - 1);
    }

    [Fact]
    public void ListsThatDifferAreNamed() => Assert.Contains(
        "list 0 has 4 tasks here and 3 on rank 0 on",
        Assert.Throws<CommunicationException>(() => Over(2, queue => queue.Run(new WorkList<string>(queue.Rank == 0 ? 3 : 4, item =>
        {
            Thread.Sleep(50);
            return "";
        })))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void NumbersKeepTheirBits()
    {
        double[] doubles = [double.NaN, double.NegativeInfinity, -0.0, 0.1, double.Epsilon, 1e300 / 3, Math.BitDecrement(1)];
        float[] singles = [float.NaN, -0f, 1f / 3, float.Epsilon, float.PositiveInfinity];
        var list = new WorkList<Numbers>(3, item => new Numbers(item.Index, [.. doubles.Select(d => d * (1 + item.Index))], item.Index == 1 ? null : 0.1f, [singles, []]));
        var alone = WorkQueue.Alone().Run(list);
        Assert.All(Over(2, queue => queue.Run(list)), results => Assert.All(results.Zip(alone), pair =>
        {
            Assert.Equal(pair.Second.Doubles.Select(BitConverter.DoubleToInt64Bits), pair.First.Doubles.Select(BitConverter.DoubleToInt64Bits));
            Assert.Equal(pair.Second.Weights[0].Select(BitConverter.SingleToInt32Bits), pair.First.Weights[0].Select(BitConverter.SingleToInt32Bits));
            Assert.Empty(pair.First.Weights[1]);
            Assert.Equal((pair.Second.Index, pair.Second.Maybe), (pair.First.Index, pair.First.Maybe));
        }));
    }

    private static T[] Over<T>(int size, Func<WorkQueue, T> work, List<string>? notices = null, double timeout = 30)
    {
        var results = new T[size];
        if (size == 1)
        {
            using var alone = new SingleCommunicator();
            WorkQueue.Over(alone, queue => results[0] = work(queue));
        }
        else
        {
            ThreadRanks.Run(size, ranks => WorkQueue.Over(ranks, queue => results[ranks.Rank] = work(queue), line => notices?.Add(line)), new ClusterOptions { Timeout = TimeSpan.FromSeconds(timeout) });
        }

        return results;
    }

    private sealed record Numbers(int Index, IReadOnlyList<double> Doubles, float? Maybe, IReadOnlyList<float[]> Weights);
}
