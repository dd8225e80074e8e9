namespace Nonsmooth.Cli.Runs;

/// <summary>A setting of some runs.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Values">Its text in each run, in their order; null where it does not count.</param>
internal sealed record RunSetting(string Key, IReadOnlyList<string?> Values)
{
    /// <summary>Whether it is not the same in all runs.</summary>
    public bool Differs() => Values.Distinct().Count() > 1;
}
