namespace Nonsmooth.Cluster;

/// <summary>The numbers of a message, by NCCL's codes.</summary>
public enum NcclType
{
    /// <summary>Bytes.</summary>
    UInt8 = 1,

    /// <summary>Half precision.</summary>
    Float16 = 6,

    /// <summary>Single precision.</summary>
    Float32 = 7,

    /// <summary>Double precision.</summary>
    Float64 = 8,

    /// <summary>bfloat16.</summary>
    BFloat16 = 9,
}
