namespace Nonsmooth.LibTorch.Measurement;

/// <summary>When a measured ratio counts as a violation of the cheap gradient principle.</summary>
public sealed record CheapGradientOptions
{
    /// <summary>How many times the bound a node's ratio may be: the bound is on operations, not on seconds. Default 3.</summary>
    public double Tolerance { get; init; } = 3;

    /// <summary>Seconds of each executed node that do not count. Default 20 µs, or more where the machine model says so.</summary>
    public double Fixed { get; init; } = 20e-6;

    /// <summary>Bytes a second that moving data takes at least. Default 4e9.</summary>
    public double BytesPerSecond { get; init; } = 4e9;

    /// <summary>What an operation of the bound costs that is neither + − × nor a comparison. Default 20.</summary>
    public double Nonlinear { get; init; } = 20;
}
