namespace Nonsmooth.Cli.Runs;

/// <summary>A layer of a run over all steps that were looked at.</summary>
/// <param name="Site">The layer.</param>
/// <param name="Samples">Steps that were looked at.</param>
/// <param name="Places">Places of a step that could be on a kink.</param>
/// <param name="Tied">The part of them that was.</param>
/// <param name="MostTied">The largest part at one step.</param>
/// <param name="Active">The part that was and that a nonzero cotangent reached.</param>
/// <param name="Least">The least number that went in.</param>
/// <param name="Most">The greatest.</param>
internal sealed record RunSite(string Site, int Samples, long Places, double Tied, double MostTied, double? Active, double? Least, double? Most)
{
    public static IReadOnlyList<RunSite> Of(IReadOnlyList<RunTie> ties) => [.. ties.GroupBy(t => t.Site).Select(Of)];

    private static RunSite Of(IGrouping<string, RunTie> site)
    {
        RunTie[] all = [.. site];
        double places = Math.Max(1, all.Sum(t => (double)t.Places));
        return new(
            site.Key,
            all.Length,
            all[^1].Places,
            all.Sum(t => (double)t.Ties) / places,
            all.Max(t => t.Part),
            all.Any(t => t.Active is null) ? null : all.Sum(t => (double)t.Active!.Value) / places,
            all.Min(t => t.Least),
            all.Max(t => t.Most));
    }
}
