namespace Nonsmooth.Training.Studies;

/// <summary>What paired runs say of a change of selection.</summary>
public enum TrainingEffect
{
    /// <summary>As many runs stayed finite, and the 95 % interval of the accuracy's change includes 0: no proof that there is no effect, look at its width.</summary>
    Unaffected,

    /// <summary>The interval does not include 0, or seeds lost a run under one selection and under that one only.</summary>
    Affected,

    /// <summary>Too few pairs of runs stayed finite for an interval, fewer than 6, or each selection lost runs that the other did not.</summary>
    CannotTell,
}
