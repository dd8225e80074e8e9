using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.Training.Engine;

/// <summary>How many threads a run takes.</summary>
internal static class RunThreads
{
    /// <summary>libtorch's number in a run of these options.</summary>
    public static int LibTorch(TrainingOptions options) => options.SameBits ? 1 : options.Threads > 0 ? options.Threads : LibTorchThreads.Count;

    /// <summary>The number for the library's own kernels.</summary>
    public static int Own(TrainingOptions options) =>
        options.Threads > 0 ? options.Threads : options.SameBits ? Environment.ProcessorCount : LibTorchThreads.Count;
}
