namespace Nonsmooth.Cli.Runs;

/// <summary>A line of <c>telemetry.csv</c>: how often a layer was on a kink at a step.</summary>
/// <param name="Step">The step.</param>
/// <param name="Site">The layer.</param>
/// <param name="Places">Places that could be.</param>
/// <param name="Ties">Those that were.</param>
/// <param name="Active">Those that a nonzero cotangent reached; null where it was not counted.</param>
/// <param name="Least">The least number that went in; null where it was not counted.</param>
/// <param name="Most">The greatest.</param>
internal sealed record RunTie(long Step, string Site, long Places, long Ties, long? Active, double? Least, double? Most)
{
    /// <summary>The part of the places that is tied.</summary>
    public double Part => Places > 0 ? (double)Ties / Places : 0;
}
