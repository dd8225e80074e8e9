using System.Runtime.CompilerServices;

namespace Nonsmooth.LibTorch.Native;

/// <summary>What each thread must set before its first libtorch call: gradient recording off, the thread count.</summary>
internal static unsafe class ThreadState
{
    [ThreadStatic]
    private static int t_epoch;

    [ThreadStatic]
    private static bool t_records;

    private static int _epoch = 1;
    private static int _threads;

    /// <summary>The number of threads one operator may use; 0 leaves libtorch's own choice.</summary>
    public static int Threads
    {
        get => Volatile.Read(ref _threads);
        set
        {
            Volatile.Write(ref _threads, value);
            Interlocked.Increment(ref _epoch);
        }
    }

    /// <summary>Lets libtorch record gradients on this thread, until told otherwise, whatever is prepared in between.</summary>
    public static void Record(bool on)
    {
        Enter();
        t_records = on;
        Abi.SetGradMode(on ? (byte)1 : (byte)0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Enter()
    {
        if (t_epoch != _epoch)
        {
            Prepare();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Prepare()
    {
        LibTorchLibrary.Load();
        var epoch = Volatile.Read(ref _epoch);
        Abi.SetGradMode(t_records ? (byte)1 : (byte)0);
        var threads = Threads;
        if (threads > 0)
        {
            // libtorch sets each thread's own default on that thread's first use: let it, then override.
            uint ignored;
            Abi.Check(Abi.GetThreads(&ignored), "torch_get_num_threads");
            Abi.SetOpenMpThreads(threads);
        }

        t_epoch = epoch;
    }
}
