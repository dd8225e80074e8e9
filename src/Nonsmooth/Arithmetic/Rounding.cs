namespace Nonsmooth.Arithmetic;

/// <summary>Rounding of a double to a narrower binary format.</summary>
internal static class Rounding
{
    /// <summary>Nearest multiple of the unit in the last place, ties to even; infinite beyond the format.</summary>
    /// <param name="value">The number.</param>
    /// <param name="precision">Bits of the significand, the hidden one included.</param>
    /// <param name="smallest">The smallest positive subnormal.</param>
    /// <param name="largest">The largest finite value.</param>
    public static double Nearest(double value, int precision, double smallest, double largest)
    {
        if (!double.IsFinite(value) || value == 0)
        {
            return value;
        }

        double unit = Math.Max(Math.ScaleB(1.0, Math.ILogB(value) - precision + 1), smallest);

        // Both the quotient and the product are exact: unit is a power of two and the quotient is below 2^53.
        double rounded = Math.Round(value / unit, MidpointRounding.ToEven) * unit;
        if (rounded == 0)
        {
            return Math.CopySign(0.0, value);
        }

        return Math.Abs(rounded) > largest ? Math.CopySign(double.PositiveInfinity, value) : rounded;
    }
}
