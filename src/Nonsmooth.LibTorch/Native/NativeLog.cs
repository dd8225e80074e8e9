using System.Runtime.InteropServices;
using System.Text;

namespace Nonsmooth.LibTorch.Native;

/// <summary>Catches what libtorch prints, so that a failed call's reason reaches the exception and not the terminal.</summary>
/// <remarks>
/// libtorch 2.10 has no entry that returns a reason: it prints it to C's <c>stderr</c>. That stream (not file
/// descriptor 2: .NET's own output is untouched) is pointed at an in-memory file that is mapped here, so a call that
/// prints nothing costs one byte read. Text that is no reason (a warning) is passed on to descriptor 2 by the next call
/// or at exit. Set <c>NONSMOOTH_LIBTORCH_STDERR=1</c> to leave the stream alone, for instance to see a message that
/// libtorch prints just before it aborts the process. Where C's stream does not have glibc's layout, nothing is
/// caught and the exception says so. The log does not say which thread failed: when several threads fail at the same
/// moment with different reasons, each of their exceptions carries all of them.
/// </remarks>
internal static unsafe class NativeLog
{
    public const string Variable = "NONSMOOTH_LIBTORCH_STDERR";
    private const int Capacity = 1 << 20;
    private const int FileNumberOffset = 112;
    private static readonly Lock Gate = new();
    private static readonly List<string> Unclaimed = [];
    private static byte* _text = (byte*)NativeMemory.AllocZeroed(1);
    private static int _file = -1;
    private static Libc? _libc;

    /// <summary>Whether libtorch printed something since the last look.</summary>
    public static bool HasText => Volatile.Read(ref *_text) != 0;

    /// <summary>Where text that is no reason goes instead of descriptor 2; for tests.</summary>
    public static Action<string>? Divert { get; set; }

    /// <summary>Whether reasons are caught on this system.</summary>
    public static bool Installed => _libc is not null;

    public static void Install()
    {
        if (_libc is not null || !OperatingSystem.IsLinux()
            || Environment.GetEnvironmentVariable(Variable) == "1"
            || Libc.TryCreate() is not { } libc)
        {
            return;
        }

        var number = (int*)(libc.Stderr + FileNumberOffset);
        if (*number != 2 || libc.FileNumber() != 2)
        {
            return;
        }

        var file = libc.CreateMemoryFile(Capacity, out var text);
        if (file < 0)
        {
            return;
        }

        *number = file;
        if (libc.FileNumber() != file)
        {
            *number = 2;
            return;
        }

        _file = file;
        _text = text;
        _libc = libc;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Relay();
    }

    /// <summary>The reason of the call that just failed on this thread, on one line.</summary>
    public static string TakeReason()
    {
        if (Abi.LastReason is not null && Marshal.PtrToStringUTF8((nint)Abi.LastReason()) is { Length: > 0 } exact)
        {
            Relay(keepReasons: false);
            return LogText.OneLine(exact);
        }

        if (_libc is null)
        {
            return "the reason is on standard error.";
        }

        lock (Gate)
        {
            Drain(keepReasons: true);
            return LogText.Claim(Unclaimed) ?? "it gave no reason.";
        }
    }

    /// <summary>Passes everything that is no reason on to descriptor 2.</summary>
    public static void Relay() => Relay(keepReasons: true);

    private static void Relay(bool keepReasons)
    {
        if (_libc is null)
        {
            return;
        }

        lock (Gate)
        {
            Drain(keepReasons);
        }
    }

    private static void Drain(bool keepReasons)
    {
        var libc = _libc!;
        string text;
        libc.Lock();
        try
        {
            var length = new ReadOnlySpan<byte>(_text, Capacity).IndexOf((byte)0);
            length = length < 0 ? Capacity : length;
            text = Encoding.UTF8.GetString(_text, length);
            NativeMemory.Clear(_text, (nuint)length);
            libc.Rewind(_file, Capacity);
        }
        finally
        {
            libc.Unlock();
        }

        foreach (var entry in LogText.Entries(text))
        {
            if (LogText.Reason(entry) is not { } reason)
            {
                (Divert ?? libc.WriteToTerminal)(entry);
            }
            else if (keepReasons)
            {
                Unclaimed.Add(reason);
            }
        }
    }
}
