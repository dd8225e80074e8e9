using Nonsmooth.Arithmetic;

namespace Nonsmooth.Answers;

/// <summary>A vector in exact numbers, and the same with its columns and itself divided by powers of two, exactly and in doubles of length 1.</summary>
/// <param name="Exact">The vector.</param>
/// <param name="Even">The vector in the columns' units, its largest entry of size about 1.</param>
/// <param name="Scale">2 to this power times the even vector, in the columns' units, is the vector.</param>
/// <param name="Unit">The even vector in doubles, of length 1.</param>
internal sealed record ExactRow(Dyadic[] Exact, Dyadic[] Even, int Scale, double[] Unit)
{
    /// <summary>A row, with columns in the units of 2 to the given powers.</summary>
    public static ExactRow Of(Dyadic[] exact, int[] columns)
    {
        int scale = int.MinValue;
        for (int i = 0; i < exact.Length; i++)
        {
            scale = exact[i].Sign == 0 ? scale : Math.Max(scale, exact[i].FirstBit - columns[i]);
        }

        scale = scale == int.MinValue ? 0 : scale;
        var even = new Dyadic[exact.Length];
        for (int i = 0; i < even.Length; i++)
        {
            even[i] = exact[i].Shifted(-columns[i] - scale);
        }

        double[] unit = ExactVector.ToDoubles(even);
        double length = Math.Sqrt(ConvexHull.Dot(unit, unit));
        return new ExactRow(exact, even, scale, length > 0 ? [.. unit.Select(x => x / length)] : unit);
    }

    public ExactRow Negate() => new(ExactVector.Negate(Exact), ExactVector.Negate(Even), Scale, [.. Unit.Select(x => -x)]);
}
