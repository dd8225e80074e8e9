namespace Nonsmooth.Arithmetic;

/// <summary>The error function of one number, enclosed.</summary>
internal static class ErrorFunction
{
    // 2/√π lies between neighbouring doubles around 1.12837916709551257389….
    private static readonly Enclosure _twoOverRootPi = new(1.1283791670955125, 1.1283791670955128);

    /// <summary>An interval that holds erf x.</summary>
    /// <remarks>
    /// 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (1·3·…·(2n+1)), whose terms have one sign: once they halve, the rest is at most the last term.
    /// From |x| = 6 on, 1 − erf |x| is less than half a unit in the last place of 1.
    /// </remarks>
    public static Enclosure At(double x)
    {
        if (Math.Abs(x) >= 6)
        {
            double near = Math.BitDecrement(1);
            return x > 0 ? new(near, 1) : new(-1, -near);
        }

        Enclosure term = x;
        var square = term * x;
        var sum = term;
        for (int n = 1; ; n++)
        {
            var ratio = 2 * square / ((2 * n) + 1);
            term *= ratio;
            sum += term;
            if (ratio.Upper < 0.5 && term.Magnitude <= 1e-17 * sum.Mignitude)
            {
                return _twoOverRootPi * Enclosure.Exp(-square) * (sum + Enclosure.Hull(0, term));
            }
        }
    }
}
