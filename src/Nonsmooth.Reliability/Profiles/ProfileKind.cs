namespace Nonsmooth.Reliability.Profiles;

/// <summary>How a profile's values are found.</summary>
internal enum ProfileKind
{
    /// <summary>By running libtorch.</summary>
    Live,

    /// <summary>As libtorch runs, but where the selection, or a recording, says otherwise.</summary>
    Successor,

    /// <summary>From what the rows have of an engine, recorded or read, computed under the selection.</summary>
    Declared,

    /// <summary>By principle: the least Clarke subgradient.</summary>
    Least,
}
