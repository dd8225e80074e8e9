using Nonsmooth.Cli.Output;

namespace Nonsmooth.Cli.Documents;

/// <summary>Marks on an axis of ratios: powers of ten, every so many of them over many decades, 1, 2, 5 and closer ones over few.</summary>
internal static class LogarithmicTicks
{
    private static readonly int[][] _mantissas = [[1], [1, 3], [1, 2, 5], [1, 2, 3, 4, 5, 6, 7, 8, 9]];

    /// <summary>Ways to mark a range, the fewest marks first.</summary>
    public static IReadOnlyList<IReadOnlyList<Tick>> Candidates(double least, double most)
    {
        IEnumerable<IReadOnlyList<Tick>> powers = from every in (int[])[100, 50, 20, 10, 5, 3, 2] select Of(least, most, every, [1], every > 3 ? [] : Powers(least, most));
        var within = _mantissas.Select(m => Of(least, most, 1, m, [.. Enumerable.Range(1, 9)]));
        return [.. powers, .. within, .. most / least < 20 ? LinearTicks.Candidates(least, most) : []];
    }

    // Under every second or third power, the others are marked as multiples are under every one.
    private static int[] Powers(double least, double most) => most / least > 1e40 ? [] : [1];

    private static List<Tick> Of(double least, double most, int every, int[] labelled, int[] marked)
    {
        var (first, last) = ((int)Math.Floor(Math.Log10(least)), (int)Math.Ceiling(Math.Log10(most)));
        var places =
            from exponent in Enumerable.Range(first, last - first + 1)
            from mantissa in marked.Length > 0 ? marked : labelled
            let value = exponent < 0 ? mantissa / Math.Pow(10, -exponent) : mantissa * Math.Pow(10, exponent)
            where value >= least && value <= most
            select (value, mantissa, exponent, HasLabel: exponent % every == 0 && labelled.Contains(mantissa));
        var all = places.Where(p => p.HasLabel || marked.Length > 0).ToList();
        bool isPlain = all.Where(p => p.HasLabel).All(p => p.value is >= 1e-3 and < 1e6);
        return [.. all.Select(p => new Tick(p.value, !p.HasLabel ? "" : isPlain ? Numbers.Short(p.value, Math.Max(0, -p.exponent)) : LinearTicks.Power(p.mantissa, p.exponent, 0)))];
    }
}
