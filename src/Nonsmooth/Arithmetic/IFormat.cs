namespace Nonsmooth.Arithmetic;

/// <summary>A binary floating-point format: which doubles it holds, and how a double is rounded to it.</summary>
/// <remarks>
/// All arithmetic is done in double precision and rounded once. For a format of precision p this equals
/// correct rounding of + − × ÷ √ whenever 2p + 2 ≤ 53 (innocuous double rounding), subnormal results
/// included: true of every format here, and trivially of <see cref="Float64"/>.
/// </remarks>
public interface IFormat
{
    /// <summary>The short name: <c>f64</c>, <c>f32</c>, <c>f16</c>, <c>bf16</c>, <c>e4m3</c>, <c>e5m2</c>.</summary>
    static abstract string Name { get; }

    /// <summary>Bits of the significand, the hidden one included.</summary>
    static abstract int Precision { get; }

    /// <summary>Bits of storage.</summary>
    static abstract int Bits { get; }

    /// <summary>The largest finite value.</summary>
    static abstract double Largest { get; }

    /// <summary>The smallest positive value, subnormal.</summary>
    static abstract double Smallest { get; }

    /// <summary>Nearest value of the format, ties to even; NaN, ±0 and the signs are kept.</summary>
    static abstract double Round(double value);
}
