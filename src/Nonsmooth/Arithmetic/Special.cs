namespace Nonsmooth.Arithmetic;

/// <summary>Special functions that the base library lacks, in double precision.</summary>
internal static class Special
{
    private const double _twoOverRootPi = 1.1283791670955125739;

    /// <summary>eˣ − 1 without cancellation near 0 (Kahan's formula through the logarithm).</summary>
    public static double ExpM1(double x)
    {
        if (Math.Abs(x) > 0.5)
        {
            return Math.Exp(x) - 1;
        }

        double u = Math.Exp(x);
        if (u == 1)
        {
            return x;
        }

        return (u - 1) * x / Math.Log(u);
    }

    /// <summary>log(1 + x) without cancellation near 0.</summary>
    public static double LogP1(double x)
    {
        double u = 1 + x;
        if (u == 1 || double.IsPositiveInfinity(x))
        {
            return x;
        }

        return Math.Log(u) * x / (u - 1);
    }

    /// <summary>The error function: Maclaurin series below 2.5, continued fraction of erfc above.</summary>
    public static double Erf(double x)
    {
        if (double.IsNaN(x))
        {
            return x;
        }

        double a = Math.Abs(x);
        if (a < 2.5)
        {
            return Series(x);
        }

        return a > 6 ? Math.CopySign(1, x) : Math.CopySign(1 - ComplementTail(a), x);
    }

    // erf x = 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (1·3·…·(2n+1)): all terms positive, no cancellation.
    private static double Series(double x)
    {
        double square = x * x;
        double term = x;
        double sum = x;
        for (int n = 1; n < 200; n++)
        {
            term *= 2 * square / ((2 * n) + 1);
            double next = sum + term;
            if (next == sum)
            {
                break;
            }

            sum = next;
        }

        return _twoOverRootPi * Math.Exp(-square) * sum;
    }

    // Lentz evaluation from the tail of erfc x = e^(−x²)/√π · 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + …)))).
    private static double ComplementTail(double x)
    {
        double fraction = x;
        for (int k = 60; k >= 1; k--)
        {
            fraction = x + (k * 0.5 / fraction);
        }

        return Math.Exp(-x * x) * _twoOverRootPi * 0.5 / fraction;
    }
}
