using System.Runtime.Intrinsics.X86;

namespace Nonsmooth.LibTorch.Native;

/// <summary>Whether bfloat16 pays on a processor: products of it that are emulated take longer than those in 32 bits.</summary>
/// <param name="HasInstructions">Whether the processor multiplies bfloat16 itself: AVX-512 BF16 or AMX.</param>
/// <param name="UsesOneDnn">Whether libtorch's convolutions use oneDNN, which alone calls them.</param>
public sealed record BFloat16Support(bool HasInstructions, bool UsesOneDnn)
{
    private const int Avx512BFloat16 = 1 << 5;
    private const int AmxBFloat16 = 1 << 22;

    internal static bool ProcessorHasInstructions { get; } = X86Base.IsSupported
        && ((X86Base.CpuId(7, 1).Eax & Avx512BFloat16) != 0 || (X86Base.CpuId(7, 0).Edx & AmxBFloat16) != 0);

    /// <summary>Whether products run in bfloat16; else they are computed in 32 bits and rounded.</summary>
    public bool IsNative => HasInstructions && UsesOneDnn;

    /// <summary>What to say before a run in bfloat16; null where it pays.</summary>
    public string? Warning => IsNative ? null
        : $"{(HasInstructions ? "libtorch does without oneDNN on this processor" : "this processor has no instructions for bfloat16 (AVX-512 BF16 or AMX)")}: "
            + "products are computed in f32 and rounded, so a step takes at least as long as in f32; give --precision f32 unless bf16's memory or its rounding is what you want";

    /// <summary>This processor, with libtorch as it is loaded. Loads it.</summary>
    /// <exception cref="NonsmoothException">libtorch cannot be loaded.</exception>
    public static BFloat16Support Here()
    {
        LibTorchLibrary.Load();
        return new(ProcessorHasInstructions, LibTorchLibrary.UsesOneDnn);
    }
}
