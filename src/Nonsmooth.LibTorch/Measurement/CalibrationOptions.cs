namespace Nonsmooth.LibTorch.Measurement;

/// <summary>How a machine is calibrated.</summary>
public sealed record CalibrationOptions
{
    /// <summary>No further round of measurements begins after so long, but three rounds are made unless it is zero. Default 8 seconds, so that all of it takes less than 10 where nothing else runs.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Where the model is kept. Default <c>~/.cache/nonsmooth/machine.json</c>; null keeps it nowhere.</summary>
    public string? File { get; init; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "nonsmooth", "machine.json");

    /// <summary>The clock of the budget. Default that of the kernels: where other work fills the machine, calibrating takes longer and not fewer rounds.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>The clock that kernels are timed by. Default <see cref="ThreadClock.Steadiest"/>, when the calibration starts.</summary>
    public TimeProvider? KernelClock { get; init; }
}
