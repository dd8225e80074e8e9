namespace Nonsmooth.Arithmetic;

/// <summary>The doubles next below and above an exact result: + − × ÷ √ rounded outward.</summary>
/// <remarks>
/// The rounding error's sign comes from an exact error term (Knuth's sum; a fused multiply-add for products,
/// quotients and roots), so that a result which is a double stays one. Below 2⁻⁹⁶⁰, where that term may underflow, both
/// neighbours are taken. A NaN is handed on.
/// </remarks>
internal static class Directed
{
    private const double _exactFrom = 1.0261342003245941e-289;

    /// <summary>a + b.</summary>
    public static (double Down, double Up) Sum(double a, double b)
    {
        double s = a + b;
        if (!double.IsFinite(s))
        {
            return Unbounded(s, double.IsFinite(a) && double.IsFinite(b));
        }

        double t = s - a;
        return Toward(s, (a - (s - t)) + (b - t));
    }

    /// <summary>a·b.</summary>
    public static (double Down, double Up) Product(double a, double b)
    {
        double p = a * b;
        if (!double.IsFinite(p))
        {
            return Unbounded(p, double.IsFinite(a) && double.IsFinite(b));
        }

        return a == 0 || b == 0 ? (0, 0)
            : Math.Abs(p) < _exactFrom ? Apart(p, 1)
            : Toward(p, Math.FusedMultiplyAdd(a, b, -p));
    }

    /// <summary>a/b, b not 0.</summary>
    public static (double Down, double Up) Quotient(double a, double b)
    {
        double q = a / b;
        if (!double.IsFinite(q))
        {
            return Unbounded(q, double.IsFinite(a) && double.IsFinite(b));
        }

        return a == 0 || double.IsInfinity(b) ? (0, 0)
            : Math.Abs(q) < _exactFrom || Math.Abs(a) < _exactFrom ? Apart(q, 1)
            : Toward(q, Math.FusedMultiplyAdd(-q, b, a) * Math.Sign(b));
    }

    /// <summary>√a; NaN below 0.</summary>
    public static (double Down, double Up) Root(double a)
    {
        double s = Math.Sqrt(a);
        return a == 0 || !double.IsFinite(s) ? (s, s)
            : a < _exactFrom ? Apart(s, 1)
            : Toward(s, -Math.FusedMultiplyAdd(s, s, -a));
    }

    /// <summary>The doubles a number of steps below and above.</summary>
    public static (double Down, double Up) Apart(double value, int steps)
    {
        var (down, up) = (value, value);
        for (int i = 0; i < steps; i++)
        {
            (down, up) = (Math.BitDecrement(down), Math.BitIncrement(up));
        }

        return (down, up);
    }

    private static (double Down, double Up) Toward(double rounded, double error) => error switch
    {
        0 => (rounded, rounded),
        > 0 => (rounded, Math.BitIncrement(rounded)),
        < 0 => (Math.BitDecrement(rounded), rounded),
        _ => Apart(rounded, 1),
    };

    // An infinite result of finite operands is an overflow: the exact one is finite.
    private static (double Down, double Up) Unbounded(double result, bool overflow) =>
        overflow && result > 0 ? (double.MaxValue, result)
        : overflow && result < 0 ? (result, double.MinValue)
        : (result, result);
}
