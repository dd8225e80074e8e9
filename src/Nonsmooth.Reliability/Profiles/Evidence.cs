namespace Nonsmooth.Reliability.Profiles;

/// <summary>How it is known what a framework that is not run here selects.</summary>
public enum Evidence
{
    /// <summary>Read in the framework's source or documentation.</summary>
    Seen,

    /// <summary>From memory, not verified.</summary>
    Recalled,

    /// <summary>Recorded: the engine was run and answered so, or its selection reproduces what was recorded of this function.</summary>
    Recorded,
}
