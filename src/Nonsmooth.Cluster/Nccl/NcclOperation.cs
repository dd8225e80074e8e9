namespace Nonsmooth.Cluster;

/// <summary>What NCCL does with the numbers of all ranks, by its codes.</summary>
public enum NcclOperation
{
    /// <summary>Their sum, in NCCL's order.</summary>
    Sum = 0,

    /// <summary>Their product.</summary>
    Product = 1,

    /// <summary>The largest.</summary>
    Maximum = 2,

    /// <summary>The smallest.</summary>
    Minimum = 3,

    /// <summary>Their mean.</summary>
    Average = 4,
}
