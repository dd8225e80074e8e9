namespace Nonsmooth.Programs;

/// <summary>What a scope of names stands for.</summary>
internal enum ScopeKind : byte
{
    /// <summary>A module that whoever builds the program named.</summary>
    Module,

    /// <summary>A node that is written out as several.</summary>
    Expansion,

    /// <summary>A node's derivative.</summary>
    Derivative,
}
