namespace Nonsmooth.Engines.Judging;

/// <summary>Points that rounding, or flushing subnormal numbers, may have put in the place of one.</summary>
internal static class Moves
{
    private static readonly double[] _steps = [1, -1, 2, -2, 4, -4, 8, -8];

    // What is left of a number after a sum with one as large as the grid says.
    private static readonly double[] _grids = [2, 16, 512];

    /// <summary>The points, the nearest first.</summary>
    public static IEnumerable<(IReadOnlyList<double[]> Point, bool IsFlush)> Of(IReadOnlyList<double[]> point, FormatScale format)
    {
        if (point.Any(x => x.Any(v => v != 0 && format.IsTiny(v))))
        {
            yield return ([.. point.Select(x => Array.ConvertAll(x, v => format.IsTiny(v) ? 0 : v))], true);
        }

        foreach (double grid in _grids)
        {
            double by = grid * format.Epsilon;
            yield return ([.. point.Select(x => Array.ConvertAll(x, v => Math.Round(v / by) * by))], false);
        }

        if (point.Any(x => x.Length > 4))
        {
            yield break;
        }

        for (int a = 0; a < point.Count; a++)
        {
            for (int i = 0; i < point[a].Length; i++)
            {
                foreach (double step in _steps)
                {
                    yield return (Moved(point, a, i, step * format.Ulp(point[a][i])), false);
                    yield return (Moved(point, a, i, step * format.Epsilon / 2), false);
                }
            }
        }
    }

    private static IReadOnlyList<double[]> Moved(IReadOnlyList<double[]> point, int argument, int entry, double by) =>
        [.. point.Select((x, a) => a == argument ? [.. x.Select((v, i) => i == entry ? v + by : v)] : x)];
}
