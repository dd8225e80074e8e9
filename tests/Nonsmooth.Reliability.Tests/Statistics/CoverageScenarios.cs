using Nonsmooth.Reliability.Statistics;

namespace Nonsmooth.Reliability.Tests.Statistics;

/// <summary>Every interval that a report prints, in the worlds that are worst for it.</summary>
internal static class CoverageScenarios
{
    public static IReadOnlyList<CoverageScenario> All { get; } = [.. OfDraws(), .. OfPopulations(), .. OverParameters(), .. Bounds(), .. Centres(), .. Together(), .. Differences()];

    private static IEnumerable<CoverageScenario> OfDraws() =>
        from m in new[] { 20, 100, 1000 }
        from p in new[] { 0.001, 0.02, 0.1, 0.41, 0.98, 1 }
        let covers = Once(k => EstimatedShare.OfDraws(k, m, 10).Interval()!.Value.Contains(p))
        select new CoverageScenario("draws with an affected batch", $"M = {m}, p = {p}", 0.95, r =>
            covers(Worlds.Successes(r, m, p)));

    private static IEnumerable<CoverageScenario> OfPopulations() =>
        from size in new (int Sample, int Population)[] { (20, 78), (40, 78), (40, 391), (77, 78), (20, 10_000) }
        from share in new[] { 0, 0.013, 0.4, 0.5, 0.99, 1 }
        let with = (int)Math.Round(share * size.Population)
        let covers = Once(k => EstimatedShare.GivenParameters(k, size.Sample, size.Population).Interval()!.Value.Contains((double)with / size.Population))
        select new CoverageScenario("batches, given parameters", $"{size.Sample} of {size.Population}, {with} affected", 0.95, r =>
            covers(Worlds.Sampled(r, size.Sample, size.Population, with)));

    private static IEnumerable<CoverageScenario> OverParameters()
    {
        (string Name, double Truth, Func<Random, int> Of78)[] worlds =
        [
            ("all or nothing, 5 %", 0.05, r => r.NextDouble() < 0.05 ? 78 : 0),
            ("all or nothing, 50 %", 0.5, r => r.NextDouble() < 0.5 ? 78 : 0),
            ("all or nothing, 97 %", 0.97, r => r.NextDouble() < 0.97 ? 78 : 0),
            ("one draw in 200, all of it", 0.005, r => r.NextDouble() < 0.005 ? 78 : 0),
            ("one draw in ten, a third of it", 0.1 / 3, r => r.NextDouble() < 0.1 ? 26 : 0),
            ("every draw alike", 0.5, _ => 39),
            ("one batch of each draw", 1 / 78.0, _ => 1),
            ("spread evenly", 0.5, r => r.Next(79)),
            ("most near 0, few near 1", ((0.1 * 70) + (0.9 * 3.5)) / 78, r => r.NextDouble() < 0.1 ? 64 + r.Next(13) : r.Next(8)),
            ("all", 1, _ => 78),
        ];
        foreach (var (m, q) in new[] { (20, 1), (20, 2), (40, 20), (100, 78) })
        {
            foreach (var (name, truth, of78) in worlds)
            {
                yield return new("batches, over parameters", $"M = {m}, Q = {q} of 78, {name}", 0.95, r =>
                    BoundedMean.Contains([.. Worlds.Draws(r, m, q, 78, of78).Select(a => (double)a / q)], truth));
            }
        }
    }

    /// <summary>Hoeffding's, and McDiarmid's where the same batches are drawn for every draw.</summary>
    private static IEnumerable<CoverageScenario> Bounds()
    {
        foreach (double p in new[] { 0.02, 0.5 })
        {
            yield return new("Hoeffding, draws", $"M = 100, p = {p}", 0.95, r => new Proportion(Worlds.Successes(r, 100, p), 100).Hoeffding().Contains(p));
            yield return new("McDiarmid, draws and batches", $"M = 50, Q = 40, each decides half, p = {p}", 0.95, r =>
            {
                double root = Math.Sqrt(p);
                long both = (long)Worlds.Successes(r, 50, root) * Worlds.Successes(r, 40, root);
                return new Proportion(both, 2000).McDiarmid(50, 40).Contains(p);
            });
        }
    }

    private static IEnumerable<CoverageScenario> Centres() =>
        from n in new[] { 6, 7, 10, 25 }
        from world in Worlds.Symmetric
        where n <= 20 || world.Name is "Cauchy"
        select new CoverageScenario("centre of paired differences", $"{n} pairs, {world.Name}", 0.95, r =>
            SymmetricCentre.Interval([.. Enumerable.Range(0, n).Select(_ => 0.3 + world.Draw(r))]) is var (low, high) && low <= 0.3 && high >= 0.3);

    /// <summary>Five contenders beside one reference: all five intervals at once.</summary>
    private static IEnumerable<CoverageScenario> Together() =>
        from world in Worlds.Symmetric
        select new CoverageScenario("five differences together", $"8 seeds, {world.Name}", 0.95, r =>
        {
            double[] reference = [.. Enumerable.Range(0, 8).Select(_ => world.Draw(r))];
            return Enumerable.Range(0, 5).All(_ => SymmetricCentre.Interval([.. reference.Select(v => world.Draw(r) - v)], 0.05 / 5) is var (low, high) && low <= 0 && high >= 0);
        });

    /// <summary>The answer of a count, found once.</summary>
    private static Func<int, bool> Once(Func<int, bool> covers)
    {
        var known = new Dictionary<int, bool>();
        return count => known.TryGetValue(count, out bool answer) ? answer : known[count] = covers(count);
    }

    private static IEnumerable<CoverageScenario> Differences()
    {
        foreach (var (n, m, p, q) in new[] { (12, 15, 0.5, 0.5), (20, 25, 0.1, 0.4), (25, 12, 0.97, 0.95), (60, 40, 0.02, 0.02) })
        {
            var covers = Once(counts => new TwoProportions(new(counts / 100, n), new(counts % 100, m)).Interval().Contains(p - q));
            yield return new("difference of two shares", $"{n} and {m} draws, p = {p} and {q}", 0.95, r =>
                covers((100 * Worlds.Successes(r, n, p)) + Worlds.Successes(r, m, q)));
        }
    }
}
