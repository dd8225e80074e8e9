using Nonsmooth.Arithmetic;

namespace Nonsmooth.LibTorch.Execution;

/// <summary>The format in which a compiled program holds its reals.</summary>
public enum Precision
{
    /// <summary>IEEE binary32.</summary>
    Float32,

    /// <summary>IEEE binary64.</summary>
    Float64,

    /// <summary>The brain format: 16-bit storage, 32-bit accumulation inside an operator.</summary>
    BFloat16,

    /// <summary>
    /// IEEE binary16: 16-bit values at operator boundaries, 32-bit arithmetic inside. On the CPU values are held
    /// in 32 bits and rounded to 16 after every operator: libtorch's own half kernels for products are some
    /// hundred times slower and agree.
    /// </summary>
    Float16,
}

/// <summary>What the formats of executed programs are.</summary>
public static class Precisions
{
    /// <summary>The formats, single precision first.</summary>
    public static IReadOnlyList<Precision> All { get; } = [Precision.Float32, Precision.Float16, Precision.BFloat16, Precision.Float64];

    /// <summary>The short name that users type: <c>f16</c>, <c>bf16</c>, <c>f32</c>, <c>f64</c>.</summary>
    public static string Name(this Precision precision) => Facts(precision).Name;

    /// <summary>Bits of the significand, the leading one included.</summary>
    public static int SignificandBits(this Precision precision) => Facts(precision).Bits;

    /// <summary>Half a unit in the last place of 1.</summary>
    public static double UnitRoundoff(this Precision precision) => Math.ScaleB(1, -Facts(precision).Bits);

    /// <summary>The smallest positive number, a subnormal one.</summary>
    public static double Smallest(this Precision precision) => Facts(precision).Smallest;

    private static (string Name, int Bits, double Smallest) Facts(Precision precision)
    {
        return precision switch
        {
            Precision.Float16 => Of<Float16>(),
            Precision.BFloat16 => Of<BFloat16>(),
            Precision.Float64 => Of<Float64>(),
            _ => Of<Float32>(),
        };

        static (string, int, double) Of<T>()
            where T : IFormat => (T.Name, T.Precision, T.Smallest);
    }

    /// <summary>The element type in which values are held, where own loops round them and where operators do.</summary>
    internal static TorchDtype Storage(this Precision precision, bool ownLoops) => precision switch
    {
        Precision.Float64 => TorchDtype.Float64,
        Precision.BFloat16 => TorchDtype.BFloat16,
        Precision.Float16 when !ownLoops => TorchDtype.Float16,
        _ => TorchDtype.Float32,
    };

    /// <summary>The nearest number of the format.</summary>
    public static double Round(this Precision precision, double value) => precision switch
    {
        Precision.Float64 => value,
        Precision.BFloat16 => BFloat16.Round(value),
        Precision.Float16 => Float16.Round(value),
        _ => Float32.Round(value),
    };
}
