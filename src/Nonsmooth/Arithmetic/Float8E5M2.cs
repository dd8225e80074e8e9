namespace Nonsmooth.Arithmetic;

/// <summary>The 8-bit format with 5 exponent bits: 3 bits of precision, infinities and NaN.</summary>
public readonly struct Float8E5M2 : IFormat
{
    /// <inheritdoc/>
    public static string Name => "e5m2";

    /// <inheritdoc/>
    public static int Precision => 3;

    /// <inheritdoc/>
    public static int Bits => 8;

    /// <inheritdoc/>
    public static double Largest => 57344;

    /// <inheritdoc/>
    public static double Smallest => 1.52587890625e-05;

    /// <inheritdoc/>
    public static double Round(double value) => Rounding.Nearest(value, Precision, Smallest, Largest);
}
