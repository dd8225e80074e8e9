namespace Nonsmooth.Arithmetic;

/// <summary>IEEE binary16, 11 bits of precision.</summary>
public readonly struct Float16 : IFormat
{
    /// <inheritdoc/>
    public static string Name => "f16";

    /// <inheritdoc/>
    public static int Precision => 11;

    /// <inheritdoc/>
    public static int Bits => 16;

    /// <inheritdoc/>
    public static double Largest => 65504;

    /// <inheritdoc/>
    public static double Smallest => 5.9604644775390625e-08;

    /// <inheritdoc/>
    public static double Round(double value) => (double)(Half)value;
}
