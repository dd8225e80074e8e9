namespace Nonsmooth.LibTorch.Measurement;

/// <summary>How programs are measured.</summary>
public sealed record MeasurementOptions
{
    /// <summary>Runs before the time is kept. Default 2.</summary>
    public int WarmUps { get; init; } = 2;

    /// <summary>Runs whose times are kept, at least 1. Default 9.</summary>
    public int Repeats { get; init; } = 9;

    /// <summary>The clock. Default <see cref="ThreadClock.Steadiest"/>, when the measurement starts.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>Indices among the sample inputs run through 0 … Indices − 1. Default 10.</summary>
    public int Indices { get; init; } = 10;
}
