namespace Nonsmooth.Arithmetic;

/// <summary>The 8-bit format with 4 exponent bits, finite numbers and NaN only (<c>e4m3fn</c>).</summary>
/// <remarks>It has no infinity: what rounds beyond 448 becomes NaN, as libtorch's cast makes it.</remarks>
public readonly struct Float8E4M3 : IFormat
{
    /// <inheritdoc/>
    public static string Name => "e4m3";

    /// <inheritdoc/>
    public static int Precision => 4;

    /// <inheritdoc/>
    public static int Bits => 8;

    /// <inheritdoc/>
    public static double Largest => 448;

    /// <inheritdoc/>
    public static double Smallest => 0.001953125;

    /// <inheritdoc/>
    public static double Round(double value)
    {
        double rounded = Rounding.Nearest(value, Precision, Smallest, Largest);
        return double.IsInfinity(rounded) ? double.NaN : rounded;
    }
}
