namespace Nonsmooth.Engines.Neighbours;

/// <summary>The unevaluated sum of two doubles, about 106 bits.</summary>
/// <remarks>So 3 − ulp + 3 is not 6. Source: T. J. Dekker, <i>A floating-point technique for extending the available precision</i>, Numerische Mathematik 18 (1971).</remarks>
internal readonly record struct TwoDouble(double High, double Low)
{
    // A sum smaller than this share of its terms is their rounding.
    private static readonly double _cancelled = Math.ScaleB(1, -96);

    public double Value => High + Low;

    public bool IsZero => High == 0 && Low == 0;

    public static implicit operator TwoDouble(double value) => new(value, 0);

    public static TwoDouble operator +(TwoDouble a, TwoDouble b)
    {
        double s = a.High + b.High;
        if (!double.IsFinite(s))
        {
            return s;
        }

        double t = s - a.High;
        double error = (a.High - (s - t)) + (b.High - t) + a.Low + b.Low;
        var sum = Sum(s, error);
        return Math.Abs(sum.High) < _cancelled * Math.Max(Math.Abs(a.High), Math.Abs(b.High)) ? 0 : sum;
    }

    public static TwoDouble operator -(TwoDouble a) => new(-a.High, -a.Low);

    public static TwoDouble operator -(TwoDouble a, TwoDouble b) => a + -b;

    public static TwoDouble operator *(TwoDouble a, TwoDouble b)
    {
        double p = a.High * b.High;
        return double.IsFinite(p)
            ? Sum(p, Math.FusedMultiplyAdd(a.High, b.High, -p) + (a.High * b.Low) + (a.Low * b.High))
            : p;
    }

    public static TwoDouble operator /(TwoDouble a, TwoDouble b)
    {
        double q = a.High / b.High;
        if (!double.IsFinite(q) || q == 0 || double.IsInfinity(b.High))
        {
            return q;
        }

        var rest = a - (b * q);
        return Sum(q, rest.Value / b.High);
    }

    public static TwoDouble Sqrt(TwoDouble a)
    {
        double s = Math.Sqrt(a.High);
        return s == 0 || !double.IsFinite(s) ? s : Sum(s, (a - ((TwoDouble)s * s)).Value / (2 * s));
    }

    private static TwoDouble Sum(double large, double small)
    {
        double s = large + small;
        return double.IsFinite(s) ? new TwoDouble(s, small - (s - large)) : s;
    }
}
