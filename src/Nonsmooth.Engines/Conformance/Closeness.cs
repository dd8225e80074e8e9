namespace Nonsmooth.Engines.Conformance;

/// <summary>When two numbers of a format are the same answer.</summary>
public static class Closeness
{
    /// <summary>The distance in units of the last place of the larger that is still equal.</summary>
    public const int Ulps = 8;

    /// <summary>Within <see cref="Ulps"/> units in the last place of the larger; zeros of both signs and all NaN are one, an infinity is itself only.</summary>
    /// <param name="a">A number of the format.</param>
    /// <param name="b">Another.</param>
    /// <param name="format">f64 or f32.</param>
    public static bool Same(double a, double b, string format)
    {
        if (a.Equals(b) || a == b)
        {
            return true;
        }

        double size = Math.Max(Math.Abs(a), Math.Abs(b));
        return double.IsFinite(size) && Math.Abs(a - b) <= Ulps * Unit(size, format);
    }

    /// <summary>Whether a number is subnormal in a format.</summary>
    public static bool IsSubnormal(double x, string format) => x != 0 && Math.Abs(x) < Least(format);

    private static double Least(string format) => format == "f32" ? Math.ScaleB(1, -126) : Math.ScaleB(1, -1022);

    private static double Unit(double size, string format) => format == "f32"
        ? Math.ScaleB(1, Math.Max(Math.ILogB(size), -126) - 23)
        : Math.BitIncrement(size) - size;
}
