namespace Nonsmooth.Arithmetic;

/// <summary>IEEE binary64.</summary>
public readonly struct Float64 : IFormat
{
    /// <inheritdoc/>
    public static string Name => "f64";

    /// <inheritdoc/>
    public static int Precision => 53;

    /// <inheritdoc/>
    public static int Bits => 64;

    /// <inheritdoc/>
    public static double Largest => double.MaxValue;

    /// <inheritdoc/>
    public static double Smallest => double.Epsilon;

    /// <inheritdoc/>
    public static double Round(double value) => value;
}
