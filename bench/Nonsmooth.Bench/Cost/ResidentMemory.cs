using System.Buffers.Text;
using Microsoft.Win32.SafeHandles;

namespace Nonsmooth.Bench.Cost;

/// <summary>The process's resident set, read without allocating: what is measured does not grow by being measured.</summary>
internal sealed class ResidentMemory : IDisposable
{
    private readonly SafeFileHandle _status = File.OpenHandle("/proc/self/status");
    private readonly SafeFileHandle _clear = File.OpenHandle("/proc/self/clear_refs", FileMode.Open, FileAccess.Write);
    private readonly byte[] _text = new byte[4096];

    /// <summary>Bytes of it now.</summary>
    public long Now => Read("VmRSS:"u8);

    /// <summary>The most since <see cref="Reset"/>.</summary>
    public long Most => Read("VmHWM:"u8);

    /// <summary>Bytes of it that are pages of files: code.</summary>
    public long Files => Read("RssFile:"u8);

    /// <summary>Forgets the most.</summary>
    public void Reset() => RandomAccess.Write(_clear, "5"u8, 0);

    public void Dispose()
    {
        _status.Dispose();
        _clear.Dispose();
    }

    private long Read(ReadOnlySpan<byte> key)
    {
        var text = _text.AsSpan(0, RandomAccess.Read(_status, _text, 0));
        var line = text[(text.IndexOf(key) + key.Length)..].TrimStart(" \t"u8);
        return Utf8Parser.TryParse(line, out long kibi, out _) ? 1024 * kibi : throw new NonsmoothException("/proc/self/status says no such figure: this measurement runs on Linux");
    }
}
