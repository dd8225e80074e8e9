using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>Addresses of arrays that were allocated pinned.</summary>
internal static unsafe class Pinned
{
    /// <summary>The first element; valid while the array is reachable.</summary>
    public static void* At(Array pinned) => Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));
}
