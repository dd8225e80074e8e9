namespace Nonsmooth.Bench.Cost;

/// <summary>What a plan took: the median of some repeats, and their range.</summary>
internal readonly record struct PlanTime(double Seconds, double Least, double Most)
{
    public static PlanTime Of(IEnumerable<double> repeats)
    {
        double[] sorted = [.. repeats.Order()];
        return new PlanTime((sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2, sorted[0], sorted[^1]);
    }

    /// <summary>Whether the repeats cannot tell the two apart: some repeat of this one is no slower than some of the other.</summary>
    public bool Overlaps(PlanTime other) => Least <= other.Most && other.Least <= Most;
}
