using System.Globalization;

namespace Nonsmooth.Testing;

/// <summary>What the checks found so far: the first failure of each check.</summary>
internal sealed class Findings
{
    private readonly Dictionary<string, RuleFailure> _failures = [];
    private readonly Dictionary<string, int> _comparisons = [];

    public IReadOnlyList<RuleFailure> Failures => [.. _failures.Values];

    public IReadOnlyDictionary<string, int> Comparisons => _comparisons;

    /// <summary>Whether a check failed.</summary>
    public bool Failed(string check) => _failures.ContainsKey(check);

    /// <summary>Notes that a check ran, though it may have compared nothing.</summary>
    public void Begin(string check) => _comparisons.TryAdd(check, 0);

    /// <summary>Compares two numbers that should differ by no more than a bound.</summary>
    public void Near(string check, string where, double found, double expected, double bound, RulePoint at) =>
        Same(check, where, Math.Abs(found - expected) <= bound || found.Equals(expected), Text(found), Text(expected), at);

    /// <summary>Compares two things that should be equal.</summary>
    public void Equal<T>(string check, string where, T found, T expected, RulePoint at)
        where T : notnull =>
        Same(check, where, found.Equals(expected), found.ToString()!, expected.ToString()!, at);

    private void Same(string check, string where, bool holds, string found, string expected, RulePoint at)
    {
        _comparisons[check] = _comparisons.GetValueOrDefault(check) + 1;
        if (!holds)
        {
            _failures.TryAdd(check, new RuleFailure(check, where, found, expected, at.ToString()));
        }
    }

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
