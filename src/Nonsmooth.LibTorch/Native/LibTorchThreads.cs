using Nonsmooth.Settings;

namespace Nonsmooth.LibTorch.Native;

/// <summary>How many threads one libtorch operator may use on the CPU.</summary>
/// <remarks>
/// The number belongs to OpenMP's pool and is set on each managed thread at its next call. libtorch's own default is
/// the number of physical cores, or the environment variable <c>OMP_NUM_THREADS</c>, read when libtorch is loaded.
/// </remarks>
public static class LibTorchThreads
{
    /// <summary>The number in force on the calling thread. Setting it changes every thread's next call.</summary>
    /// <exception cref="NonsmoothException">The number is below 1 or above <see cref="ThreadLimit.Most"/>, or this libtorch has no OpenMP pool.</exception>
    public static unsafe int Count
    {
        get
        {
            ThreadState.Enter();
            uint count;
            Abi.Check(Abi.GetThreads(&count), "torch_get_num_threads");
            return (int)count;
        }

        set
        {
            if (value < 1)
            {
                throw new NonsmoothException($"The number of libtorch threads is {value}: it must be at least 1.");
            }

            ThreadLimit.Check(value, "the number of libtorch threads");
            LibTorchLibrary.Load();
            if (Abi.SetOpenMpThreads is null)
            {
                throw new NonsmoothException("This libtorch has no OpenMP pool: set the environment variable OMP_NUM_THREADS before starting instead.");
            }

            ThreadState.Threads = value;
        }
    }
}
