namespace Nonsmooth.Arithmetic;

/// <summary>The brain format: binary32's range with 8 bits of precision.</summary>
public readonly struct BFloat16 : IFormat
{
    /// <inheritdoc/>
    public static string Name => "bf16";

    /// <inheritdoc/>
    public static int Precision => 8;

    /// <inheritdoc/>
    public static int Bits => 16;

    /// <inheritdoc/>
    public static double Largest => 3.3895313892515355e+38;

    /// <inheritdoc/>
    public static double Smallest => 9.183549615799121e-41;

    /// <inheritdoc/>
    public static double Round(double value) => Rounding.Nearest(value, Precision, Smallest, Largest);
}
