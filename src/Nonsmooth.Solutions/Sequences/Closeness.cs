namespace Nonsmooth.Solutions;

/// <summary>How near values of a sequence are one value, for maps that commute with adding a constant.</summary>
internal static class Closeness
{
    private const double _unit = 1.0 / (1L << 53);

    /// <summary>Relative to the sequence's range, and the rounding of sums of numbers of its size.</summary>
    public static double Of(double[] y) => (ExactMap.Weak * (y.Max() - y.Min())) + ((100 + y.Length) * _unit * Dense.Largest(y));
}
