using Nonsmooth.Arithmetic;

namespace Nonsmooth.Answers;

/// <summary>A vector in exact numbers, and in doubles of length 1 with each column in a unit of its own.</summary>
internal sealed record ExactRow(Dyadic[] Exact, double[] Unit)
{
    /// <summary>A row, its columns divided by 2 to the given powers for the doubles.</summary>
    public static ExactRow Of(Dyadic[] exact, int[] columns)
    {
        var scaled = new Dyadic[exact.Length];
        for (int i = 0; i < scaled.Length; i++)
        {
            scaled[i] = exact[i] * Dyadic.PowerOfTwo(-columns[i]);
        }

        double[] unit = ExactVector.Scaled(scaled);
        double length = Math.Sqrt(ConvexHull.Dot(unit, unit));
        return new ExactRow(exact, length > 0 ? [.. unit.Select(x => x / length)] : unit);
    }

    public ExactRow Negate() => new(ExactVector.Negate(Exact), [.. Unit.Select(x => -x)]);

    /// <summary>Powers of two that make the columns of a matrix alike in size.</summary>
    public static int[] Columns(IReadOnlyList<Dyadic[]> rows)
    {
        var columns = new int[rows[0].Length];
        var sizes = new int[rows.Count];
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < rows.Count; i++)
            {
                sizes[i] = Middle(Enumerable.Range(0, columns.Length).Where(j => rows[i][j].Sign != 0).Select(j => Log(rows[i][j]) - columns[j]));
            }

            for (int j = 0; j < columns.Length; j++)
            {
                columns[j] = Middle(Enumerable.Range(0, rows.Count).Where(i => rows[i][j].Sign != 0).Select(i => Log(rows[i][j]) - sizes[i]));
            }
        }

        return columns;
    }

    private static int Log(Dyadic x) => x.LastBit + (int)x.At(x.LastBit).GetBitLength();

    private static int Middle(IEnumerable<int> logs)
    {
        var all = logs.ToList();
        return all.Count == 0 ? 0 : (all.Min() + all.Max()) / 2;
    }
}
