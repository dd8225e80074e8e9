namespace Nonsmooth.Cli.Runs;

/// <summary>A setting of some runs.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Values">Its text in each run, in their order; null where it does not count.</param>
internal sealed record RunSetting(string Key, IReadOnlyList<string?> Values);
