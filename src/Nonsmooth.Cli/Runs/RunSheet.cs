namespace Nonsmooth.Cli.Runs;

/// <summary>Runs side by side.</summary>
/// <param name="Verdict">What they say, in sentences.</param>
/// <param name="Runs">The runs, as they were named.</param>
/// <param name="Differing">Settings that are not the same in all: each with its text by run; a setting that does not count in a run is not there.</param>
/// <param name="Command">The command line that makes the page.</param>
internal sealed record RunSheet(IReadOnlyList<string> Verdict, IReadOnlyList<RunRecord> Runs, IReadOnlyList<RunSetting> Differing, string Command)
{
    public static RunSheet Of(IReadOnlyList<RunRecord> runs, string command) => new(RunWords.Verdict(runs), runs, [.. Rows(runs).Where(row => row.Differs())], command);

    /// <summary>Every setting of some runs.</summary>
    public static IEnumerable<RunSetting> Rows(IReadOnlyList<RunRecord> runs) => runs.SelectMany(run => run.Settings.Keys).Distinct()
        .Order(StringComparer.Ordinal).Select(key => new RunSetting(key, [.. runs.Select(run => run.Settings.GetValueOrDefault(key))]));
}
