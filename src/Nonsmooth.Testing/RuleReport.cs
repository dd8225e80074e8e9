using Nonsmooth.Dictionary;

namespace Nonsmooth.Testing;

/// <summary>What checking a function's contract found.</summary>
/// <param name="Row">The function with the arguments on which it was tried.</param>
/// <param name="Failures">The checks that failed, the first failure of each.</param>
/// <param name="Comparisons">How many numbers were compared, by check; a check that could compare nothing is at 0.</param>
public sealed record RuleReport(
    DictionaryRow Row, IReadOnlyList<RuleFailure> Failures, IReadOnlyDictionary<string, int> Comparisons)
{
    /// <summary>Whether no check failed.</summary>
    public bool Passed => Failures.Count == 0;

    /// <summary>Does nothing where all checks passed.</summary>
    /// <exception cref="NonsmoothException">A check failed; the message has a line for each.</exception>
    public void ThrowIfFailed()
    {
        if (!Passed)
        {
            throw new NonsmoothException(ToString());
        }
    }

    /// <summary>The failures, a line each; or the checks with how many numbers each compared.</summary>
    public override string ToString() => Passed
        ? $"{Row} keeps its contract: {string.Join(", ", Comparisons.Select(c => $"{c.Key} {c.Value}"))}"
        : $"{Row} breaks its contract:{string.Concat(Failures.Select(f => $"\n  {f}"))}";
}
