using Nonsmooth.Arithmetic;

namespace Nonsmooth.Solutions;

/// <summary>Gradients through exact projections that have formulas, enclosed.</summary>
/// <remarks>The piece that a projection is on is proved by strict inequalities in intervals; its formula is then evaluated in them.</remarks>
internal static class ProjectionProof
{
    /// <summary>Of a simplex: z, s.</summary>
    public static EnclosedGradient Simplex(Problem problem, Solution near, IReadOnlyList<double[]> cotangents) =>
        Threshold(Enclosures.Of(problem.Values[0]), problem.Number(1), near.State, cotangents[0]);

    /// <summary>Of an ℓ1 ball: z, r.</summary>
    public static EnclosedGradient L1Ball(Problem problem, Solution near, IReadOnlyList<double[]> cotangents)
    {
        var (z, r) = (problem.Values[0], problem.Number(1));
        var length = Enclosures.Sum(z.Select(x => (Enclosure)Math.Abs(x)));
        if (length.Upper < r)
        {
            return new([Enclosures.Of(cotangents[0]), [0]], "the point is inside");
        }

        if (length.Lower <= r)
        {
            return EnclosedGradient.No("the point is not proved off the sphere");
        }

        // Outside, the projection is the simplex's of the absolute values, with the signs.
        double[] signs = Array.ConvertAll(z, x => (double)Math.Sign(x));
        var sizes = Threshold(Enclosures.Of(z.Select(Math.Abs)), r, near.State[..^1], [.. cotangents[0].Zip(signs, (c, s) => c * s)]);
        return sizes.Gradient is { } g ? sizes with { Gradient = [[.. g[0].Zip(signs, (x, s) => s * x)], g[1]] } : sizes;
    }

    /// <summary>Of a Euclidean ball: z, r.</summary>
    public static EnclosedGradient L2Ball(Problem problem, IReadOnlyList<double[]> cotangents)
    {
        var (z, c) = (Enclosures.Of(problem.Values[0]), Enclosures.Of(cotangents[0]));
        Enclosure r = problem.Number(1);
        var length = Enclosure.Sqrt(Enclosures.Dot(z, z));
        if (length.Upper < r.Lower)
        {
            return new([c, [0]], "the point is inside");
        }

        if (length.Lower <= r.Upper)
        {
            return EnclosedGradient.No("the point is not proved off the sphere");
        }

        var unit = Array.ConvertAll(z, x => x / length);
        var along = Enclosures.Dot(unit, c);
        return new([[.. c.Zip(unit, (x, u) => r / length * (x - (u * along)))], [along]], "the point is outside");
    }

    /// <summary>Of a box: z, low, high. Comparisons of doubles are exact, and so are the entries: a cotangent or 0.</summary>
    public static EnclosedGradient Box(Problem problem, IReadOnlyList<double[]> cotangents)
    {
        var (z, low, high) = (problem.Values[0], problem.Values[1], problem.Values[2]);
        int tied = Enumerable.Range(0, z.Length).FirstOrDefault(i => z[i] == low[i] || z[i] == high[i] || low[i] == high[i], -1);
        return tied >= 0
            ? EnclosedGradient.No($"coordinate {tied} is at a bound")
            : new([Where((v, l, h) => v > l && v < h), Where((v, l, _) => v < l), Where((v, _, h) => v > h)], "no coordinate is at a bound");

        Enclosure[] Where(Func<double, double, double, bool> holds) =>
            [.. cotangents[0].Select((c, i) => (Enclosure)(holds(z[i], low[i], high[i]) ? c : 0))];
    }

    // On the support S, whose coordinates are above the threshold (Σ_S z − s)/|S| and the others below, dx = dz − mean_S(dz) + ds/|S|.
    private static EnclosedGradient Threshold(Enclosure[] z, double total, long[] state, double[] cotangents)
    {
        int[] support = [.. Enumerable.Range(0, z.Length).Where(i => state[i] == 0)];
        if (support.Length == 0)
        {
            return EnclosedGradient.No("no coordinate is off its bound");
        }

        var threshold = (Enclosures.Sum(support.Select(i => z[i])) - total) / support.Length;
        for (int i = 0; i < z.Length; i++)
        {
            var excess = state[i] == 0 ? z[i] - threshold : threshold - z[i];
            if (state[i] == 2 || excess.Lower <= 0)
            {
                return EnclosedGradient.No($"coordinate {i} is not proved off the threshold");
            }
        }

        var mean = Enclosures.Sum(support.Select(i => (Enclosure)cotangents[i])) / support.Length;
        return new([[.. state.Select((s, i) => s == 0 ? cotangents[i] - mean : 0)], [mean]], "every coordinate is off the threshold");
    }
}
