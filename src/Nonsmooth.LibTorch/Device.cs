using System.Globalization;
using Nonsmooth.Settings;

namespace Nonsmooth.LibTorch;

/// <summary>Where a tensor lies and its operators run.</summary>
public readonly record struct Device
{
    private Device(DeviceKind kind, int index)
    {
        Kind = kind;
        Index = index;
    }

    /// <summary>The devices as a setting takes them, in any case.</summary>
    public static Range<Device> Values { get; } = new(
        "cpu, cuda or cuda:1", device => device.ToString(), (string text, out Device device) => TryParse(text.ToLowerInvariant(), out device), _ => true) { Placeholder = "NAME", Names = ["cpu", "cuda"] };

    /// <summary>The processor; also the default value.</summary>
    public static Device Cpu { get; }

    /// <summary>The kind.</summary>
    public DeviceKind Kind { get; }

    /// <summary>Which GPU, from 0; 0 for the processor.</summary>
    public int Index { get; }

    /// <summary>A GPU by number, from 0.</summary>
    /// <exception cref="NonsmoothException">The number is negative.</exception>
    public static Device Cuda(int index = 0) => index >= 0
        ? new Device(DeviceKind.Cuda, index)
        : throw new NonsmoothException($"A GPU's number is {index}: count from 0.");

    /// <summary>Reads <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</summary>
    /// <exception cref="NonsmoothException">The text is none of these.</exception>
    public static Device Parse(string text) => TryParse(text, out var device)
        ? device
        : throw new NonsmoothException($"'{text}' is no device: write cpu, cuda or cuda:1.");

    /// <summary>Reads what <see cref="Parse"/> reads; false where the text is none of these.</summary>
    public static bool TryParse(string text, out Device device)
    {
        int index = 0;
        bool isGpu = text == "cuda"
            || (text.StartsWith("cuda:", StringComparison.Ordinal)
                && int.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out index));
        device = isGpu ? Cuda(index) : Cpu;
        return isGpu || text == "cpu";
    }

    /// <summary>The text <see cref="Parse"/> reads.</summary>
    public override string ToString() =>
        Kind == DeviceKind.Cpu ? "cpu" : string.Create(CultureInfo.InvariantCulture, $"cuda:{Index}");
}
