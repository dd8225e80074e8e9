namespace Nonsmooth.Arithmetic;

/// <summary>IEEE binary32.</summary>
public readonly struct Float32 : IFormat
{
    /// <inheritdoc/>
    public static string Name => "f32";

    /// <inheritdoc/>
    public static int Precision => 24;

    /// <inheritdoc/>
    public static int Bits => 32;

    /// <inheritdoc/>
    public static double Largest => float.MaxValue;

    /// <inheritdoc/>
    public static double Smallest => float.Epsilon;

    /// <inheritdoc/>
    public static double Round(double value) => (float)value;
}
