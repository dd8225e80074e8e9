namespace Nonsmooth.LibTorch.Native;

/// <summary>Runs a managed loop body on libtorch's own CPU threads.</summary>
internal static unsafe class ParallelLoop
{
    /// <summary>Calls the body for contiguous pieces of [0, count), each of at least <paramref name="grain"/> items.</summary>
    /// <param name="count">The number of items.</param>
    /// <param name="grain">The fewest items worth a thread of their own.</param>
    /// <param name="body">
    /// An <c>[UnmanagedCallersOnly]</c> method of (begin, end, context); it must not throw: an exception there ends the process.
    /// </param>
    /// <param name="context">Handed to the body; it must stay in place until the loop returns.</param>
    /// <remarks>Pieces depend on the thread count, so a body must compute each item by itself.</remarks>
    public static void Run(long count, long grain, delegate* unmanaged[Cdecl]<long, long, void*, void> body, void* context)
    {
        ThreadState.Enter();
        Abi.Check(Abi.ParallelFor(0, count, grain, body, context), "torch_parallel_for");
    }
}
