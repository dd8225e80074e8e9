namespace Nonsmooth.Cli.Runs;

/// <summary>Runs of the same settings, but for the seed.</summary>
/// <param name="Runs">The runs.</param>
internal sealed record RunGroup(IReadOnlyList<RunRecord> Runs)
{
    // Made data are others with every seed.
    private static readonly string[] _ofSeed = ["seed", "data.checksum"];

    /// <summary>What sentences call it.</summary>
    public string Name => Runs.Count == 1 ? Runs[0].Name : $"{Runs[0].Name} and {(Runs.Count == 2 ? Runs[1].Name : $"{Runs.Count - 1} more")}";

    /// <summary>The groups of some runs, in their order.</summary>
    public static IReadOnlyList<RunGroup> Of(IEnumerable<RunRecord> runs) => [.. runs.GroupBy(Key).Select(g => new RunGroup([.. g]))];

    /// <summary>The mean of a measure over the group's runs.</summary>
    public double Mean(RunMeasure measure) => Runs.Average(run => measure.Of(run)!.Value);

    /// <summary>Differences of a measure to another group's runs, by seeds that both have.</summary>
    public IReadOnlyList<double> Differences(RunGroup other, RunMeasure measure) =>
    [
        .. from seed in Runs.Select(run => run.Seed).Distinct()
           let own = Runs.Where(run => run.Seed == seed).ToList()
           let others = other.Runs.Where(run => run.Seed == seed).ToList()
           where others.Count > 0
           select own.Average(run => measure.Of(run)!.Value) - others.Average(run => measure.Of(run)!.Value),
    ];

    private static string Key(RunRecord run) => string.Join('\n', run.Settings.Where(s => !_ofSeed.Contains(s.Key)).Select(s => $"{s.Key}={s.Value}"));
}
