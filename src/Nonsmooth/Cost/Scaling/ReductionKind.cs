namespace Nonsmooth.Cost;

/// <summary>How ranks add a vector and give each the sum.</summary>
public enum ReductionKind
{
    /// <summary>Halves exchanged between ranks 1, 2, 4, … apart and put together again: the order of this library's sums. Short vectors travel whole.</summary>
    Tree,

    /// <summary>Parts that go around all ranks twice.</summary>
    Ring,

    /// <summary>A ring within each node, one over the nodes for each part, and the one within again.</summary>
    TwoLevelRing,
}
