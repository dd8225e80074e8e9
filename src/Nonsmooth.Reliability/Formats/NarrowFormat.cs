using Nonsmooth.Arithmetic;

namespace Nonsmooth.Reliability.Formats;

/// <summary>A narrow format's range, as limits on a magnitude that is rounded to it.</summary>
/// <param name="Name">Its short name: <c>f16</c>, <c>bf16</c>, <c>e4m3</c>, <c>e5m2</c>.</param>
/// <param name="Vanishing">The largest magnitude that rounds to 0.</param>
/// <param name="Subnormal">The magnitude from which on the result is normal, with full precision.</param>
/// <param name="Finite">The largest magnitude, in double precision, whose result is finite; e4m3 has no infinity, beyond is NaN.</param>
public sealed record NarrowFormat(string Name, double Vanishing, double Subnormal, double Finite)
{
    /// <summary>binary16, bfloat16, and the two 8-bit formats.</summary>
    public static IReadOnlyList<NarrowFormat> All { get; } = [Of<Float16>(), Of<BFloat16>(), Of<Float8E4M3>(), Of<Float8E5M2>()];

    /// <summary>The limits of a format, ties to even.</summary>
    public static NarrowFormat Of<T>()
        where T : IFormat
    {
        double halfStep = Math.ScaleB(1, Math.ILogB(T.Largest) - T.Precision);
        double tie = T.Largest + halfStep;
        return new NarrowFormat(
            T.Name,
            T.Smallest / 2,
            Math.ScaleB(T.Smallest, T.Precision - 1) - (T.Smallest / 2),
            double.IsFinite(T.Round(tie)) ? tie : Math.BitDecrement(tie));
    }
}
