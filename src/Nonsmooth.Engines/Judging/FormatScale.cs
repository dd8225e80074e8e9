namespace Nonsmooth.Engines.Judging;

/// <summary>What is the same number, nearly the same, and tiny, in a format.</summary>
/// <param name="Name">f64, f32, bf16, f16.</param>
/// <param name="Bits">Bits of the significand, the hidden one included.</param>
/// <param name="LeastExponent">The exponent of the least normal number.</param>
/// <param name="Largest">The largest number.</param>
/// <param name="Strict">Two numbers are one within this share of their size.</param>
/// <param name="Loose">Up to this share they differ by rounding.</param>
internal sealed record FormatScale(string Name, int Bits, int LeastExponent, double Largest, double Strict, double Loose)
{
    private static readonly FormatScale[] _all =
    [
        new("f64", 53, -1022, double.MaxValue, 1e-12, 1e-5),
        new("f32", 24, -126, float.MaxValue, 1e-5, 1e-3),
        new("bf16", 8, -126, 3.3895313892515355e38, 0.03, 0.2),
        new("f16", 11, -14, 65504, 0.004, 0.05),
    ];

    /// <summary>The distance from 1 to the next number.</summary>
    public double Epsilon => Math.ScaleB(1, 1 - Bits);

    /// <summary>The least normal number.</summary>
    public double LeastNormal => Math.ScaleB(1, LeastExponent);

    /// <summary>A format of a name.</summary>
    /// <exception cref="NonsmoothException">It is none of the four.</exception>
    public static FormatScale Of(string name) => Array.Find(_all, f => f.Name == name)
        ?? throw new NonsmoothException($"format '{name}': use {string.Join(", ", _all.Select(f => f.Name))}");

    /// <summary>The unit in the last place of a number.</summary>
    public double Ulp(double x) => Math.ScaleB(Epsilon, x == 0 ? LeastExponent : Math.Max(Math.ILogB(x), LeastExponent));

    /// <summary>Whether a number is subnormal, or so near that a product with it is.</summary>
    public bool IsTiny(double x) => Math.Abs(x) < 16 * LeastNormal;
}
