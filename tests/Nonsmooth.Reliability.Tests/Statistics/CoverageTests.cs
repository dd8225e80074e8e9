using System.Diagnostics;
using System.Globalization;
using MathNet.Numerics.Distributions;
using Nonsmooth.Reliability.Statistics;

namespace Nonsmooth.Reliability.Tests.Statistics;

public class CoverageTests
{
    [Trait("Speed", "Slow")]
    [Fact]
    public void No_interval_covers_less_than_it_promises()
    {
        var results = new List<(CoverageScenario Scenario, double P)>();
        foreach (var scenario in CoverageScenarios.All)
        {
            var clock = Stopwatch.StartNew();
            int misses = scenario.Misses();
            results.Add((scenario, scenario.PValue(misses)));
            TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{scenario.Interval} | {scenario.World} | {100 - (100.0 * misses / CoverageScenario.Repetitions):F2} % of {100 * scenario.Nominal:F0} % | p = {results[^1].P:G2} | {clock.Elapsed.TotalSeconds:F2} s"));
        }

        Assert.Empty(CoverageScenario.Rejected(results).Select(s => $"{s.Interval}, {s.World}"));
    }

    // The same judgement of intervals that suppose what does not hold.
    [Fact]
    public void Intervals_that_take_what_is_shared_as_independent_are_caught()
    {
        CoverageScenario[] wrong =
        [
            new("Clopper and Pearson over pairs", "20 draws of 20 batches, all or nothing", 0.95, r =>
                new Proportion(Worlds.Draws(r, 20, 20, 78, s => s.NextDouble() < 0.5 ? 78 : 0).Sum(), 400).ClopperPearson().Contains(0.5)),
            new("Student over draws", "20 draws, 1 in 20 all of it", 0.95, r => Student([.. Enumerable.Range(0, 20).Select(_ => r.NextDouble() < 0.05 ? 1.0 : 0)], 0.05)),
            new("Student over pairs", "5 skewed differences", 0.95, r => Student([.. Enumerable.Range(0, 5).Select(_ => LogNormal.Sample(r, 0, 1))], Math.Exp(0.5))),
            new("the same batches for all draws", "20 draws of 2 batches, batches decide", 0.95, r =>
            {
                int both = Worlds.Sampled(r, 2, 78, 39);
                return EstimatedShare.OverParameters([.. Enumerable.Repeat(both, 20)], 2, 78).Interval()!.Value.Contains(0.5);
            }),
        ];
        var results = wrong.Select(s => (s, s.PValue(s.Misses()))).ToList();
        Assert.Equal(wrong.Length, CoverageScenario.Rejected(results).Count);

        static bool Student(double[] values, double truth)
        {
            double mean = values.Average();
            double deviation = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
            return Math.Abs(mean - truth) <= StudentT.InvCDF(0, 1, values.Length - 1, 0.975) * deviation / Math.Sqrt(values.Length);
        }
    }
}
