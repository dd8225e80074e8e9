namespace Nonsmooth.Cluster;

/// <summary>Which threads may call a library of MPI; the numbers are the same in Open MPI and MPICH.</summary>
public enum MpiThreadLevel
{
    /// <summary>There is one thread.</summary>
    Single = 0,

    /// <summary>The thread that started it.</summary>
    Funneled = 1,

    /// <summary>Any, one at a time: what is asked for here.</summary>
    Serialized = 2,

    /// <summary>Any.</summary>
    Multiple = 3,
}
