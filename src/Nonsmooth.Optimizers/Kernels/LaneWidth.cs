namespace Nonsmooth.Optimizers.Kernels;

/// <summary>
/// The widest vectors a sweep may use. All choices give the same bits; the narrower ones exist to check that.
/// </summary>
public enum LaneWidth
{
    /// <summary>Whatever the machine has.</summary>
    Widest,

    /// <summary>At most 256 bits.</summary>
    Bits256,

    /// <summary>At most 128 bits.</summary>
    Bits128,

    /// <summary>One number at a time.</summary>
    Scalar,
}
