namespace Nonsmooth.LibTorch.Tests.Formats;

/// <summary>Calls in which a narrow format is off by more than twice what PyTorch 2.13 is: several functions, each stored, where PyTorch has one kernel.</summary>
internal static class RecordedErrors
{
    /// <summary>Call, format and what is off, where a value is that of several functions, each of which is stored in the format.</summary>
    public static IReadOnlyList<string> Values { get; } =
    [
        "addcmul#10 bf16 value 0", "addcmul#2 bf16 value 0", "addcmul#5 bf16 value 0", "addcmul#5 f16 value 0", "addmm#2 bf16 value 0",
        "addmm#2 f32 value 0", "addmm#3 bf16 value 0", "addmm#3 f32 value 0", "addmm:decomposed#0 bf16 value 0", "addmm:decomposed#0 f16 value 0",
        "baddbmm#0 bf16 value 0", "baddbmm#5 f16 value 0", "lerp#7 bf16 value 0", "log10#0 bf16 value 0", "nn.functional.batch_norm#9 f16 value 0",
        "nn.functional.conv_transpose3d#1 bf16 value 0",
    ];

    /// <summary>Where a gradient is.</summary>
    public static IReadOnlyList<string> Gradients { get; } =
    [
        "addmm#0 bf16 args.1", "addmm#0 bf16 args.2", "addr#3 bf16 args.2", "addr#3 f16 args.2", "div:no_rounding_mode#0 f16 args.1",
        "div:no_rounding_mode#3 f16 args.0", "div:no_rounding_mode#3 f16 args.1", "lerp#7 f32 args.0", "lerp#9 f16 args.0",
        "nn.functional.batch_norm#9 bf16 args.3", "nn.functional.batch_norm#9 f16 args.0", "nn.functional.hardswish#1 f16 args.0",
        "nn.functional.mse_loss#1 f16 args.0", "nn.functional.mse_loss#1 f16 args.1", "nn.functional.selu#0 bf16 args.0", "true_divide#0 f16 args.1",
        "true_divide#1 f16 args.1", "true_divide#3 f16 args.1",

        // Sums over one axis after the other, products with a table where there is a fast transform, a sum over two axes.
        "nn.functional.adaptive_avg_pool3d#4 f32 args.0", "fft.hfftn#3 f32 args.0", "fft.hfftn#5 f32 args.0", "nn.functional.conv_transpose1d!1 f32 args.2",
    ];
}
