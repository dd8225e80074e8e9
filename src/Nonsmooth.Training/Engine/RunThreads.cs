using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.Training.Engine;

/// <summary>How many threads a run takes.</summary>
internal static class RunThreads
{
    /// <summary>Sets libtorch's number, which belongs to the process; returns it and the number for the library's own kernels.</summary>
    public static (int LibTorch, int Own) Set(TrainingOptions options)
    {
        if (options.SameBits || options.Threads > 0)
        {
            LibTorchThreads.Count = options.SameBits ? 1 : options.Threads;
        }

        int libTorch = LibTorchThreads.Count;
        return (libTorch, options.Threads > 0 ? options.Threads : options.SameBits ? Environment.ProcessorCount : libTorch);
    }
}
