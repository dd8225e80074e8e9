using System.Runtime.InteropServices;

namespace Nonsmooth.LibTorch.Native;

/// <summary>How long OpenMP's threads spin before they sleep.</summary>
internal static unsafe class SpinPolicy
{
    private const string Count = "GOMP_SPINCOUNT";
    private const string Wait = "OMP_WAIT_POLICY";

    /// <summary>
    /// Shortens the spinning, unless the user has decided: by default a thread burns its core for so long that two
    /// processes on one machine slow each other down tenfold. Call it before libtorch is loaded, which reads it.
    /// </summary>
    /// <remarks>.NET's own environment is a copy that native code does not see, hence the C library's setenv.</remarks>
    public static void Prepare()
    {
        if (Environment.GetEnvironmentVariable(Count) is not null || Environment.GetEnvironmentVariable(Wait) is not null
            || !OperatingSystem.IsLinux()
            || !NativeLibrary.TryLoad("libc.so.6", out var library)
            || !NativeLibrary.TryGetExport(library, "setenv", out var entry))
        {
            return;
        }

        fixed (byte* name = "GOMP_SPINCOUNT\0"u8, value = "10000\0"u8)
        {
            _ = ((delegate* unmanaged[Cdecl]<byte*, byte*, int, int>)entry)(name, value, 0);
        }
    }
}
