using System.Runtime.InteropServices;
using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.LibTorch.Measurement;

/// <summary>The time that the calling thread has spent on a processor: what other programs take of it does not count.</summary>
/// <remarks>Of use with one libtorch thread only: the work of other threads does not count either. Linux; a reading takes about 0.2 µs.</remarks>
public sealed partial class ThreadClock : TimeProvider
{
    private const int ThreadTime = 3;
    private const long PerSecond = 1_000_000_000;

    private ThreadClock()
    {
    }

    /// <summary>The clock.</summary>
    public static ThreadClock Instance { get; } = new();

    /// <summary>The steadiest clock for kernels here: this one with one thread on Linux, else the system's.</summary>
    public static TimeProvider Steadiest => OperatingSystem.IsLinux() && LibTorchThreads.Count == 1 ? Instance : System;

    /// <inheritdoc/>
    public override long TimestampFrequency => PerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp() => Read(ThreadTime, out var time) == 0
        ? (time.Seconds * PerSecond) + time.Nanoseconds
        : throw new NonsmoothException("this system has no clock of a thread's own time: use TimeProvider.System");

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int Read(int clock, out Time time);

    private record struct Time(long Seconds, long Nanoseconds);
}
