namespace Nonsmooth.Training.Comparisons;

/// <summary>What the data say of a contender beside the reference.</summary>
public enum ContenderVerdict
{
    /// <summary>It is the reference.</summary>
    Reference,

    /// <summary>Its test loss ends lower: the corrected interval of the paired differences lies below 0.</summary>
    Lower,

    /// <summary>Its test loss ends higher: the interval lies above 0.</summary>
    Higher,

    /// <summary>The interval has 0 in it: the data do not tell the two apart.</summary>
    WithinNoise,

    /// <summary>Too few pairs of runs stayed finite for an interval, or it lost runs that the reference did not.</summary>
    CannotTell,
}
