namespace Nonsmooth.Training.Engine;

/// <summary>What training does where it goes backwards through a solution with weakly active constraints: there the gradient is one of several.</summary>
public enum BorderRule
{
    /// <summary>Nothing, and nothing is counted.</summary>
    Ignore,

    /// <summary>The first time it says so, with the count, and at the end the run's.</summary>
    Warn,

    /// <summary>Training ends before that step's update.</summary>
    Stop,
}
