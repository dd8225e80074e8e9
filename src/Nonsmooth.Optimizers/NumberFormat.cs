namespace Nonsmooth.Optimizers;

/// <summary>How an optimizer's numbers are kept in memory. It computes in float32 whatever the format.</summary>
public enum NumberFormat
{
    /// <summary>4 bytes.</summary>
    Float32,

    /// <summary>
    /// 2 bytes, the upper half of a float32, rounded stochastically: up or down in proportion to the distance,
    /// so that steps below half a unit in the last place are not lost but arrive on average.
    /// </summary>
    BFloat16,
}

/// <summary>Sizes of formats.</summary>
internal static class NumberFormats
{
    public static int Bytes(this NumberFormat format) => format == NumberFormat.Float32 ? sizeof(float) : sizeof(ushort);
}
