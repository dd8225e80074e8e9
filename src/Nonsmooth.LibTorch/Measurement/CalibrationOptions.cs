namespace Nonsmooth.LibTorch.Measurement;

/// <summary>How a machine is calibrated.</summary>
public sealed record CalibrationOptions
{
    /// <summary>No further round of measurements begins after so long. Default 8 seconds, so that all of it takes less than 10.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Where the model is kept. Default <c>~/.cache/nonsmooth/machine.json</c>; null keeps it nowhere.</summary>
    public string? File { get; init; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "nonsmooth", "machine.json");

    /// <summary>The clock. Default the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
