namespace Nonsmooth.Programs;

/// <summary>Why a node is in its program.</summary>
public enum NodeRole : byte
{
    /// <summary>It computes the value.</summary>
    Primal,

    /// <summary>It is part of a tangent: forprop emitted it.</summary>
    Jvp,

    /// <summary>It is part of a cotangent: backprop emitted it.</summary>
    Vjp,

    /// <summary>It computes again what an earlier node computed, so that this need not be kept.</summary>
    Recomputed,
}
