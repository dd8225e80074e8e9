namespace Nonsmooth.Arithmetic;

/// <summary>The slopes of a piecewise linear function of one variable, the kinks included.</summary>
/// <param name="First">The lowest threshold.</param>
/// <param name="Second">The upper threshold, or +∞ when there is one kink only.</param>
/// <param name="Below">Slope below <paramref name="First"/>.</param>
/// <param name="AtFirst">Slope selected at <paramref name="First"/>.</param>
/// <param name="Between">Slope between the thresholds.</param>
/// <param name="AtSecond">Slope selected at <paramref name="Second"/>.</param>
/// <param name="Above">Slope above <paramref name="Second"/>.</param>
/// <remarks>
/// Both zeros are one point. NaN takes the slope of the topmost piece, as libtorch's comparisons
/// (<c>x &lt;= threshold</c> is false) make it.
/// </remarks>
public readonly record struct Pieces(
    double First, double Second, double Below, double AtFirst, double Between, double AtSecond, double Above)
{
    /// <summary>One kink.</summary>
    public static Pieces One(double threshold, double below, double at, double above) =>
        new(threshold, double.PositiveInfinity, below, at, above, above, above);

    /// <summary>No kink: one slope everywhere.</summary>
    public static Pieces Constant(double slope) =>
        new(double.NegativeInfinity, double.PositiveInfinity, slope, slope, slope, slope, slope);

    /// <summary>Whether there is a second threshold.</summary>
    public bool HasSecond => !double.IsPositiveInfinity(Second);

    /// <summary>How many comparisons find the slope.</summary>
    public int Comparisons => (double.IsNegativeInfinity(First) ? 0 : 1) + (HasSecond ? 1 : 0);

    /// <summary>The slope at a point.</summary>
    public double At(double x)
    {
        if (x < First)
        {
            return Below;
        }

        if (x == First)
        {
            return AtFirst;
        }

        if (!HasSecond || x < Second)
        {
            return double.IsNaN(x) ? Above : Between;
        }

        return x == Second ? AtSecond : Above;
    }
}
