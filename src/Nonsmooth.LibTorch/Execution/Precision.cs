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

internal static class Precisions
{
    /// <summary>The element type in which values are held on a device.</summary>
    public static TorchDtype Storage(this Precision precision, Device device) => precision switch
    {
        Precision.Float64 => TorchDtype.Float64,
        Precision.BFloat16 => TorchDtype.BFloat16,
        Precision.Float16 when device.Kind != DeviceKind.Cpu => TorchDtype.Float16,
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
