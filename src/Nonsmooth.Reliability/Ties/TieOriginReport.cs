using Nonsmooth.LibTorch.Execution;

namespace Nonsmooth.Reliability.Ties;

/// <summary>Which ties of a format the same program has in 64 bits, and which the format's rounding made.</summary>
/// <param name="Precision">The format.</param>
/// <param name="Runs">Pairs of a draw and a batch that were run in both.</param>
/// <param name="Sites">One count a site, in the program's order.</param>
public sealed record TieOriginReport(Precision Precision, int Runs, IReadOnlyList<TieOrigin> Sites)
{
    /// <summary>All sites together.</summary>
    public TieOrigin Total => Sites.Aggregate(new TieOrigin("total", "all", 0, 0, 0, 0), (a, b) => a + b);
}
