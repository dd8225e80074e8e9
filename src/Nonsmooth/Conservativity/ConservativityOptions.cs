namespace Nonsmooth.Conservativity;

/// <summary>How a rule is tested.</summary>
public sealed record ConservativityOptions
{
    /// <summary>What points, directions and loops are drawn from. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>At how many points, each on a stratum drawn anew, the projection formula is tried. Default 48.</summary>
    public int Points { get; init; } = 48;

    /// <summary>How many loops are integrated. Default 8.</summary>
    public int Loops { get; init; } = 8;

    /// <summary>The defect, relative to the sizes of what is compared, that is put down to rounding. Default 1e-5.</summary>
    public double Tolerance { get; init; } = 1e-5;

    /// <summary>How long the test may take, and what calls it off; looked at between points and loops. Default no limit.</summary>
    public TimeBudget Time { get; init; } = TimeBudget.None;
}
