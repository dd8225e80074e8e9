namespace Nonsmooth.Reliability.Profiles;

/// <summary>How it is known what a framework that is not run here selects.</summary>
public enum Evidence
{
    /// <summary>Read in the framework's source or documentation.</summary>
    Seen,

    /// <summary>From memory, not verified.</summary>
    Recalled,
}
