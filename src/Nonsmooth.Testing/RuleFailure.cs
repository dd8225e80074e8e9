namespace Nonsmooth.Testing;

/// <summary>A check of a function's contract that failed.</summary>
/// <param name="Check">Which, as <c>jvp against differences</c>.</param>
/// <param name="Where">At which result, element, kink, format or selection; empty where the check has one number.</param>
/// <param name="Found">What the function gave.</param>
/// <param name="Expected">What it should have been.</param>
/// <param name="Point">The arguments, each to its first elements.</param>
public sealed record RuleFailure(string Check, string Where, string Found, string Expected, string Point)
{
    /// <summary>One line: the check, the place, both numbers, the point.</summary>
    public override string ToString() =>
        $"{Check}{(Where.Length > 0 ? $", {Where}" : "")}: found {Found}, expected {Expected}, at {Point}";
}
