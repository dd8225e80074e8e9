using System.Runtime.CompilerServices;

namespace Nonsmooth.LibTorch.Native;

/// <summary>What each thread must set before its first libtorch call: gradient recording off, the thread count.</summary>
internal static unsafe class ThreadState
{
    [ThreadStatic]
    private static int t_epoch;

    [ThreadStatic]
    private static bool t_records;

    [ThreadStatic]
    private static int t_own;

    [ThreadStatic]
    private static int t_usual;

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

    /// <summary>The calling thread's own number, which goes before <see cref="Threads"/>; 0 for none.</summary>
    public static int Own
    {
        get => t_own;
        set
        {
            if (t_own != value)
            {
                (t_own, t_epoch) = (value, 0);
            }
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
        if (LibTorchLibrary.Folder is null)
        {
            LibTorchLibrary.Load();
        }

        var epoch = Volatile.Read(ref _epoch);
        Abi.SetGradMode(t_records ? (byte)1 : (byte)0);

        // libtorch sets each thread's own default on that thread's first use: let it, keep it, then override.
        uint now;
        Abi.Check(Abi.GetThreads(&now), "torch_get_num_threads");
        t_usual = t_usual == 0 ? (int)now : t_usual;
        int shared = Threads;
        int threads = t_own > 0 ? t_own : shared > 0 ? shared : t_usual;
        if (threads != now)
        {
            Abi.SetOpenMpThreads(threads);
        }

        t_epoch = epoch;
    }
}
