using Nonsmooth.Settings;

namespace Nonsmooth.Cost;

/// <summary>A way between two ranks: n bytes take α + βn seconds, both ways at once.</summary>
/// <param name="Latency">α: seconds of a message however short.</param>
/// <param name="SecondsPerByte">β: seconds of each byte more.</param>
public sealed record LinkModel(double Latency, double SecondsPerByte)
{
    /// <summary>What a text looks like.</summary>
    public const string Expects = "LATENCY:BANDWIDTH, as in 5us:12.5GB/s or 30us:10Gb/s";

    /// <summary>β as a rate: bytes a second of a message so long that its latency is nothing.</summary>
    public double Bandwidth => 1 / SecondsPerByte;

    /// <summary>The link of a text as <c>5us:12.5GB/s</c>; null where it is none.</summary>
    public static LinkModel? Parse(string text) =>
        text.Split(':') is [var latency, var bandwidth] && Quantity.Seconds(latency) is { } alpha && Quantity.BytesPerSecond(bandwidth) is > 0 and var rate ? new(alpha, 1 / rate) : null;

    /// <summary>Seconds of a message.</summary>
    public double Seconds(double bytes) => Latency + (SecondsPerByte * bytes);

    /// <summary>The same link where so many messages share it.</summary>
    public LinkModel Shared(int messages) => this with { SecondsPerByte = messages * SecondsPerByte };
}
