using Nonsmooth.Arithmetic;

namespace Nonsmooth.Answers;

/// <summary>Either a direction with a positive product with every row, or weights with which some rows sum to 0: found in doubles, verified exactly.</summary>
/// <param name="Direction">Such a direction; null where there is none.</param>
/// <param name="Weights">Rows by number with positive weights of sum Σ, with Σ wᵢrᵢ = 0; null where there is a direction.</param>
/// <param name="IsTold">Whether the direction's products are beyond the rows' errors.</param>
internal sealed record Alternative(Dyadic[]? Direction, IReadOnlyList<(int Row, Dyadic Weight)>? Weights, bool IsTold)
{
    /// <summary>Decides.</summary>
    /// <param name="rows">At least one row.</param>
    /// <param name="columns">The powers of two by which the rows' doubles are scaled.</param>
    /// <param name="deadline">When it is to end.</param>
    public static Alternative Of(IReadOnlyList<ExactRow> rows, int[] columns, Deadline? deadline = null)
    {
        for (int i = 0; i < rows.Count; i++)
        {
            if (ExactVector.IsZero(rows[i].Exact))
            {
                return new Alternative(null, [(i, Dyadic.FromDouble(1))], true);
            }
        }

        List<double[]> units = [.. rows.Select(r => r.Unit)];
        var (nearest, corral, _) = ConvexHull.Closest(units, deadline);
        double largest = nearest.Max(Math.Abs);
        if (double.IsFinite(largest) && largest > 0)
        {
            Dyadic[] direction = [.. nearest.Select((x, j) => Dyadic.FromDouble(x / largest).Shifted(-columns[j]))];
            if (Separates(rows, direction))
            {
                return new Alternative(direction, null, true);
            }
        }

        // Doubles did not tell. The rows that matter first, then those that a direction fails.
        List<int> chosen = [.. corral.Select(c => units.FindIndex(u => ReferenceEquals(u, c)))];
        while (true)
        {
            var (even, weights) = ExactSimplex.Solve([.. chosen.Select(i => rows[i].Even)], deadline: deadline);
            if (weights is not null)
            {
                return new Alternative(null, [.. chosen.Zip(weights, (c, w) => (c, w.Shifted(-rows[c].Scale))).Where(w => w.Item2.Sign != 0)], true);
            }

            Dyadic[] direction = [.. even!.Select((x, j) => x.Shifted(-columns[j]))];
            int failed = Failed(rows, direction, even!);
            if (failed < 0)
            {
                return Rounded(rows, direction);
            }

            chosen.Add(failed);
        }
    }

    /// <summary>The direction whose least product with a row, each of its own size, is largest; null where none is positive.</summary>
    /// <remarks>All rows go to the simplex method at once: dear where they are many.</remarks>
    public static Dyadic[]? Centre(IReadOnlyList<ExactRow> rows, int[] columns) => ExactSimplex.Solve([.. rows.Select(r => r.Even)], centred: true).Direction is { } even
        ? [.. even.Select((x, j) => x.Shifted(-columns[j]))]
        : null;

    // In doubles, if they are exact enough.
    private static Alternative Rounded(IReadOnlyList<ExactRow> rows, Dyadic[] direction)
    {
        var rounded = ExactVector.Of(ExactVector.Scaled(direction));
        return Separates(rows, rounded)
            ? new Alternative(rounded, null, true)
            : new Alternative(direction, null, Separates(rows, direction));
    }

    /// <summary>Whether a direction has a product with every row that is positive beyond its error.</summary>
    public static bool Separates(IEnumerable<ExactRow> rows, Dyadic[] direction) =>
        rows.All(r => ExactVector.Dot(r.Exact, direction) is { Sign: > 0, IsTold: true });

    // A row without a positive product, the worst by its doubles; −1 where all have one.
    private static int Failed(IReadOnlyList<ExactRow> rows, Dyadic[] direction, Dyadic[] even)
    {
        double[] approximate = ExactVector.Scaled(even);
        int worst = -1;
        double least = double.PositiveInfinity;
        for (int i = 0; i < rows.Count; i++)
        {
            double height = ConvexHull.Dot(rows[i].Unit, approximate);
            if (height < least && ExactVector.Dot(rows[i].Exact, direction).Sign <= 0)
            {
                (worst, least) = (i, height);
            }
        }

        return worst;
    }
}
