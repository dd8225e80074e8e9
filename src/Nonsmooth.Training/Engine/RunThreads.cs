using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.Training.Engine;

/// <summary>How many threads a run takes.</summary>
internal static class RunThreads
{
    /// <summary>libtorch's number in a run of these options.</summary>
    /// <remarks>A run of shards takes one, for its bits shall not depend on how many ranks share the processors.</remarks>
    public static int LibTorch(TrainingOptions options) =>
        options.SameBits || (options.Threads == 0 && options.Shards > 1) ? 1 : options.Threads > 0 ? options.Threads : LibTorchThreads.Count;

    /// <summary>The number for the library's own kernels.</summary>
    /// <param name="options">The run.</param>
    /// <param name="beside">Ranks on one machine.</param>
    public static int Own(TrainingOptions options, int beside = 1) =>
        options.Threads > 0 ? options.Threads : options.SameBits || options.Shards > 1 ? Math.Max(1, Environment.ProcessorCount / beside) : LibTorchThreads.Count;
}
