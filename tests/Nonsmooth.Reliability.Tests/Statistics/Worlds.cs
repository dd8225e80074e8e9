using MathNet.Numerics.Distributions;

namespace Nonsmooth.Reliability.Tests.Statistics;

/// <summary>Random data of known truth.</summary>
internal static class Worlds
{
    /// <summary>How many of so many independent trials succeed.</summary>
    public static int Successes(Random random, int trials, double p)
    {
        int count = 0;
        for (int i = 0; i < trials; i++)
        {
            count += random.NextDouble() < p ? 1 : 0;
        }

        return count;
    }

    /// <summary>How many of a sample without replacement have what so many of the population have.</summary>
    public static int Sampled(Random random, int sample, int population, int with)
    {
        int count = 0;
        for (int i = 0; i < sample; i++)
        {
            count += random.Next(population - i) < with - count ? 1 : 0;
        }

        return count;
    }

    /// <summary>Affected batches of each draw: a draw has a number of them in the partition, of which some are run.</summary>
    /// <param name="random">The source.</param>
    /// <param name="draws">M.</param>
    /// <param name="batches">Q.</param>
    /// <param name="population">N.</param>
    /// <param name="affected">Draws the number in the partition.</param>
    public static int[] Draws(Random random, int draws, int batches, int population, Func<Random, int> affected) =>
        [.. Enumerable.Range(0, draws).Select(_ => Sampled(random, batches, population, affected(random)))];

    /// <summary>Distributions that are symmetric about 0.</summary>
    public static IReadOnlyList<(string Name, Func<Random, double> Draw)> Symmetric { get; } =
    [
        ("normal", r => Normal.Sample(r, 0, 1)),
        ("Cauchy", r => Cauchy.Sample(r, 0, 1)),
        ("Student, 2 degrees", r => StudentT.Sample(r, 0, 1, 2)),
        ("uniform", r => (2 * r.NextDouble()) - 1),
        ("two points", r => r.NextDouble() < 0.5 ? -1 : 1),
        ("normal, one in ten 30 times as wide", r => Normal.Sample(r, 0, r.NextDouble() < 0.1 ? 30 : 1)),
        ("two humps", r => Normal.Sample(r, r.NextDouble() < 0.5 ? -3 : 3, 0.2)),
    ];
}
