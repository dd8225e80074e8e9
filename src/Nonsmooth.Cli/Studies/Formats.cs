using Nonsmooth.LibTorch.Execution;

namespace Nonsmooth.Cli.Studies;

/// <summary>Formats as rows name them.</summary>
internal static class Formats
{
    public static string Name(Precision precision) => precision switch
    {
        Precision.Float64 => "f64",
        Precision.Float16 => "f16",
        Precision.BFloat16 => "bf16",
        _ => "f32",
    };
}
