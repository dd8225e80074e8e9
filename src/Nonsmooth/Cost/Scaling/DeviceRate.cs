using Nonsmooth.Settings;

namespace Nonsmooth.Cost;

/// <summary>A device that is not here, as two rates that it sustains: a node takes what the slower of its operations and its bytes takes.</summary>
/// <param name="Flops">Floating-point operations a second; a multiply-add is two.</param>
/// <param name="Bytes">Bytes a second, of what nodes read and write.</param>
/// <remarks>Starting a kernel takes nothing, and nothing is fused: what moves bytes only is told as too slow, what is small as too fast.</remarks>
public sealed record DeviceRate(double Flops, double Bytes)
{
    /// <summary>What a text looks like.</summary>
    public const string Expects = "FLOPS:BANDWIDTH, as in 50T:1.5TB/s";

    /// <summary>The rates of a text as <c>50T:1.5TB/s</c>; null where it is none.</summary>
    public static DeviceRate? Parse(string text) =>
        text.Split(':') is [var flops, var bytes] && Quantity.Scaled(flops) is > 0 and var operations && Quantity.BytesPerSecond(bytes) is > 0 and var rate ? new(operations, rate) : null;

    /// <summary>Seconds of some work.</summary>
    public double Seconds(Work work) => Math.Max(2 * work.MultiplyAdds.Dense / Flops, work.Bytes / Bytes);
}
