namespace Nonsmooth.Cli.Running;

/// <summary>The slope of rounding to quantised values.</summary>
internal enum RoundingSlope
{
    /// <summary>0, as the staircase has it.</summary>
    Staircase,

    /// <summary>1 inside the range: straight-through estimation, which is a surrogate.</summary>
    StraightThrough,
}
