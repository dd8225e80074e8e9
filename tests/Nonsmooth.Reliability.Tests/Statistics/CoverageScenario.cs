using MathNet.Numerics.Distributions;

namespace Nonsmooth.Reliability.Tests.Statistics;

/// <summary>An interval, and a world of known truth in which it is asked to cover it.</summary>
/// <param name="Interval">Which one.</param>
/// <param name="World">From what its data are drawn.</param>
/// <param name="Nominal">The coverage that it promises.</param>
/// <param name="Covers">Draws data and says whether their interval has the truth in it.</param>
internal sealed record CoverageScenario(string Interval, string World, double Nominal, Func<Random, bool> Covers)
{
    public const int Repetitions = 2000;

    /// <summary>Misses in <see cref="Repetitions"/>, always the same.</summary>
    public int Misses()
    {
        var random = new Random(1 + (Interval + World).Sum(c => c * 31 % 997));
        return Enumerable.Range(0, Repetitions).Count(_ => !Covers(random));
    }

    /// <summary>The probability of as many misses or more, were the coverage nominal.</summary>
    public double PValue(int misses) => misses == 0 ? 1 : 1 - Binomial.CDF(1 - Nominal, Repetitions, misses - 1);

    /// <summary>Those that Holm's procedure rejects at a risk over all of them together.</summary>
    public static IReadOnlyList<CoverageScenario> Rejected(IReadOnlyList<(CoverageScenario Scenario, double P)> results, double risk = 0.01)
    {
        var sorted = results.OrderBy(r => r.P).ToList();
        int rejected = 0;
        while (rejected < sorted.Count && sorted[rejected].P < risk / (sorted.Count - rejected))
        {
            rejected++;
        }

        return [.. sorted.Take(rejected).Select(r => r.Scenario)];
    }
}
