using Nonsmooth.Settings;

namespace Nonsmooth.LibTorch.Native;

/// <summary>How many threads one libtorch operator may use on the CPU.</summary>
/// <remarks>
/// libtorch's own default is the number of physical cores, or the environment variable <c>OMP_NUM_THREADS</c>, read when libtorch is
/// loaded. libtorch splits its parallel sums by the number, so results depend on it in their last bits: work whose bits matter takes its
/// number with <see cref="Use"/>, which nothing else in the process can change.
/// </remarks>
public static class LibTorchThreads
{
    /// <summary>The number in force on the calling thread. Setting it changes the next call of every thread that has no number of its own.</summary>
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

        set => ThreadState.Threads = Checked(value);
    }

    /// <summary>Gives the calling thread a number of its own until the scope ends; scopes nest.</summary>
    /// <exception cref="NonsmoothException">As for <see cref="Count"/>.</exception>
    public static Scope Use(int count)
    {
        int outer = ThreadState.Own;
        ThreadState.Own = Checked(count);
        return new Scope(outer);
    }

    private static unsafe int Checked(int count)
    {
        if (count < 1)
        {
            throw new NonsmoothException($"The number of libtorch threads is {count}: it must be at least 1.");
        }

        ThreadLimit.Check(count, "the number of libtorch threads");
        ThreadState.Enter();
        return Abi.SetOpenMpThreads is not null || count == Count
            ? count
            : throw new NonsmoothException("This libtorch has no OpenMP pool: set the environment variable OMP_NUM_THREADS before starting instead.");
    }

    /// <summary>The number that a thread has until the end of it; ended on the thread that began it.</summary>
    public readonly ref struct Scope
    {
        private readonly int _outer;

        internal Scope(int outer) => _outer = outer;

        /// <summary>Gives back the number from before.</summary>
        public void Dispose() => ThreadState.Own = _outer;
    }
}
