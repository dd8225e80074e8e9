using Nonsmooth.LibTorch.Execution;

namespace Nonsmooth.Reliability.Ties;

/// <summary>How often the sites of a program were on a kink, over some runs.</summary>
public sealed record TieReport
{
    /// <summary>The format of the arithmetic.</summary>
    public required Precision Precision { get; init; }

    /// <summary>Whether subnormal numbers were taken as 0.</summary>
    public required bool FlushToZero { get; init; }

    /// <summary>Runs counted.</summary>
    public required int Runs { get; init; }

    /// <summary>One count a site, in the program's order.</summary>
    public required IReadOnlyList<TieCount> Sites { get; init; }

    /// <summary>The active ties with the largest |cotangent|, largest first, NaN before all; as many as were asked for.</summary>
    public IReadOnlyList<ActiveTie> Largest { get; init; } = [];

    /// <summary>All sites of a function together: <c>relu</c>, <c>max_pool2d</c>; all sites for null.</summary>
    public TieCount Total(string? function = null)
    {
        var sites = Sites.Where(s => function is null || s.Function == function).ToList();
        return sites.Count == 0
            ? new TieCount("total", function ?? "all", 0, 0, 0, 0, null, null)
            : sites.Aggregate((a, b) => a + b) with { Site = "total", Function = function ?? "all" };
    }

    /// <summary>This report and that of further runs of the same program.</summary>
    /// <exception cref="NonsmoothException">It is of another program, format, or handling of subnormal numbers.</exception>
    public TieReport Add(TieReport further)
    {
        if (Precision != further.Precision || FlushToZero != further.FlushToZero || !Sites.Select(s => s.Site).SequenceEqual(further.Sites.Select(s => s.Site)))
        {
            throw new NonsmoothException("tie counts of two different programs or formats do not add up: count one program in one format");
        }

        int count = Math.Max(Largest.Count, further.Largest.Count);
        return this with
        {
            Runs = Runs + further.Runs,
            Sites = [.. Sites.Zip(further.Sites, (a, b) => a + b)],
            Largest = [.. Largest.Concat(further.Largest.Select(t => t with { Run = t.Run + Runs })).OrderByDescending(t => Weight(t.Cotangent)).Take(count)],
        };
    }

    internal static double Weight(double cotangent) => double.IsNaN(cotangent) ? double.PositiveInfinity : Math.Abs(cotangent);
}
