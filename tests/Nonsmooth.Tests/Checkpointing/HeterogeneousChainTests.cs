using Nonsmooth.Checkpointing;

namespace Nonsmooth.Tests.Checkpointing;

public sealed class HeterogeneousChainTests
{
    [Trait("Speed", "Slow")]
    [Fact]
    public void ThePlanIsTheExhaustiveOptimumForEveryMemory()
    {
        var random = new Random(74);
        int feasible = 0;
        for (int trial = 0; trial < 300; trial++)
        {
            var stages = RandomChain(random, 1 + (trial % 12));
            var chain = new HeterogeneousChain(stages, 60);
            var front = Front(stages, 0, stages.Length - 1, []);
            for (int memory = 0; memory <= 60; memory++)
            {
                long? best = front.Where(p => p.Peak <= memory).Select(p => (long?)p.Cost).Min();
                Assert.Equal(best, chain.Cost(memory));
                if (best is not null)
                {
                    feasible++;
                    var (peak, cost) = Simulate(stages, chain.Schedule(memory));
                    Assert.Equal(best, cost);
                    Assert.True(peak <= memory, $"{peak} > {memory}");
                }
            }
        }

        Assert.True(feasible > 3000);
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void ThePlanIsTheOptimumOverWrittenOutSchedules()
    {
        var random = new Random(75);
        for (int trial = 0; trial < 210; trial++)
        {
            var stages = RandomChain(random, 1 + (trial % 7));
            var all = Schedules(0, stages.Length - 1).Select(s => Simulate(stages, s)).ToList();
            var chain = new HeterogeneousChain(stages, 60);
            for (int memory = 0; memory <= 60; memory += 3)
            {
                Assert.Equal(all.Where(p => p.Peak <= memory).Select(p => (long?)p.Cost).Min(), chain.Cost(memory));
            }
        }
    }

    [Fact]
    public void AUniformChainIsRevolve()
    {
        // Two stages cannot be kept at once, so what is left over of the memory are slots.
        var chain = new HeterogeneousChain([.. Enumerable.Repeat(new ChainStage(cost: 1, entry: 1, saved: 100), 20)], 130);
        Assert.Equal(101, chain.LeastMemory);
        for (int slots = 1; slots <= 20; slots++)
        {
            Assert.Equal(20 + Revolve.ForwardSteps(20, slots), chain.Cost(100 + slots));
        }
    }

    [Fact]
    public void TooLittleMemoryIsRefusedWithTheLeastThatSuffices()
    {
        var chain = new HeterogeneousChain([new ChainStage(1, 0, 5), new ChainStage(1, 2, 7)], 20);
        var error = Assert.Throws<NonsmoothException>(() => chain.Schedule(3));
        Assert.Equal("no reversal of the chain fits in 3 units of memory: 9 units suffice", error.Message);
    }

    private static ChainStage[] RandomChain(Random random, int length) =>
    [
        .. Enumerable.Range(0, length).Select(i =>
        {
            int cost = random.Next(0, 20);
            return new ChainStage(cost, random.Next(0, cost + 1), i == 0 ? 0 : random.Next(0, 6), random.Next(0, 12));
        }),
    ];

    // Every (peak, cost) that no other reversal of s…t beats, by composing reversals rather than filling a table of memory.
    private static List<(long Peak, long Cost)> Front(ChainStage[] c, int s, int t, Dictionary<(int, int), List<(long, long)>> known)
    {
        if (known.TryGetValue((s, t), out var before))
        {
            return before;
        }

        var all = new List<(long Peak, long Cost)>();
        if (s == t)
        {
            all.Add((c[s].Saved, t < c.Length - 1 ? c[s].LeafCost : c[s].Cost));
        }
        else
        {
            all.AddRange(Front(c, s + 1, t, known).Select(p => (c[s].Saved + p.Peak, c[s].Cost + p.Cost)));
        }

        for (int k = s + 1; k <= t; k++)
        {
            long forward = Enumerable.Range(s, k - s).Sum(i => c[i].Cost);
            long transient = Enumerable.Range(s, k - s).Max(i => (i == s ? 0 : c[i].Entry) + c[i + 1].Entry);
            foreach (var late in Front(c, k, t, known))
            {
                all.AddRange(Front(c, s, k - 1, known).Select(early =>
                    (Math.Max(transient, Math.Max(c[k].Entry + late.Peak, early.Peak)), forward + late.Cost + early.Cost)));
            }
        }

        var front = new List<(long Peak, long Cost)>();
        foreach (var p in all.OrderBy(p => p.Peak).ThenBy(p => p.Cost))
        {
            if (front.Count == 0 || p.Cost < front[^1].Cost)
            {
                front.Add(p);
            }
        }

        return known[(s, t)] = front;
    }

    private static IEnumerable<List<ChainAction>> Schedules(int s, int t)
    {
        var (keep, reverse) = (new ChainAction(ChainActionKind.Keep, s), new ChainAction(ChainActionKind.Reverse, s));
        IEnumerable<List<ChainAction>> inner = s == t ? [[]] : Schedules(s + 1, t);
        foreach (var rest in inner)
        {
            yield return [keep, .. rest, reverse];
        }

        for (int k = s + 1; k <= t; k++)
        {
            var advance = Enumerable.Range(s, k - s).Select(i => new ChainAction(ChainActionKind.Advance, i)).ToList();
            foreach (var late in Schedules(k, t))
            {
                foreach (var early in Schedules(s, k - 1))
                {
                    yield return [.. advance, .. late, .. early];
                }
            }
        }
    }

    // Holds values one by one: the entry of a stage is alive from its making to the last action that runs the stage.
    private static (long Peak, long Cost) Simulate(ChainStage[] c, IReadOnlyList<ChainAction> actions)
    {
        var saved = new bool[c.Length];
        var stored = new bool[c.Length + 1];
        stored[0] = true;
        long cost = 0;
        long peak = 0;
        int reversed = c.Length;
        for (int a = 0; a < actions.Count; a++)
        {
            var (kind, s) = actions[a];
            if (kind == ChainActionKind.Reverse)
            {
                Assert.True(saved[s]);
                Assert.Equal(--reversed, s);
                saved[s] = false;
            }
            else
            {
                Assert.True(stored[s] || (s > 0 && saved[s - 1]), $"the entry of {s} is not there");
                bool exitThere = s + 1 == reversed && s < c.Length - 1;
                cost += exitThere && kind == ChainActionKind.Keep ? c[s].LeafCost : c[s].Cost;
                stored[s + 1] = kind == ChainActionKind.Advance;
                saved[s] = kind == ChainActionKind.Keep;
            }

            peak = Math.Max(peak, Held());
            for (int i = 1; i < c.Length; i++)
            {
                stored[i] &= UsedLater(actions, a, i);
            }
        }

        Assert.Equal(0, reversed);
        return (peak, cost);

        long Held() => Enumerable.Range(1, c.Length - 1).Sum(i => stored[i] ? c[i].Entry : 0)
            + Enumerable.Range(0, c.Length).Sum(i => saved[i] ? c[i].Saved : 0);
    }

    // Whether a stage or its backward uses the entry before the stage in front of it makes it again.
    private static bool UsedLater(IReadOnlyList<ChainAction> actions, int now, int stage)
    {
        var next = actions.Skip(now + 1).FirstOrDefault(
            a => a.Stage == stage || (a.Stage == stage - 1 && a.Kind != ChainActionKind.Reverse), new ChainAction(default, stage - 1));
        return next.Stage == stage;
    }
}
