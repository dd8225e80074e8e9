using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.Training.Engine;

/// <summary>How many threads a run takes.</summary>
internal static class RunThreads
{
    private static readonly Lock _lock = new();
    private static (int Set, int Before)? _last;

    /// <summary>libtorch's number in a run of these options, whatever runs came before it.</summary>
    public static int LibTorch(TrainingOptions options) => options.SameBits ? 1 : options.Threads > 0 ? options.Threads : Usual();

    /// <summary>Sets libtorch's number, which belongs to the process; returns it and the number for the library's own kernels.</summary>
    public static (int LibTorch, int Own) Set(TrainingOptions options)
    {
        lock (_lock)
        {
            var (usual, number) = (Usual(), LibTorch(options));
            if (options.SameBits || options.Threads > 0 || number != LibTorchThreads.Count)
            {
                LibTorchThreads.Count = number;
                _last = (number, usual);
            }

            return (number, options.Threads > 0 ? options.Threads : options.SameBits ? Environment.ProcessorCount : number);
        }
    }

    /// <summary>The number in force, or, where a run has set that, the one from before it.</summary>
    private static int Usual()
    {
        int count = LibTorchThreads.Count;
        return _last is { } last && last.Set == count ? last.Before : count;
    }
}
