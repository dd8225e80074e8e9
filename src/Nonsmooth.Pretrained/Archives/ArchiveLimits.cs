namespace Nonsmooth.Pretrained.Archives;

/// <summary>What an archive may ask for before anything is allocated.</summary>
internal static class ArchiveLimits
{
    /// <summary>Members.</summary>
    public const int MostMembers = 200_000;

    /// <summary>Bytes of the description of a graph, as text.</summary>
    public const long MostText = 256L << 20;

    /// <summary>How many times larger than in the file a member may be, above <see cref="SmallMember"/>.</summary>
    public const long MostInflation = 1000;

    /// <summary>Bytes of members that may be inflated as they like.</summary>
    public const long SmallMember = 8L << 20;

    /// <summary>Elements of a tensor that has more than its storage, as an expanded one has.</summary>
    public const int MostSpread = 1 << 22;

    /// <summary>Axes of a tensor.</summary>
    public const int MostAxes = 64;

    /// <summary>Nodes of one graph.</summary>
    public const int MostNodes = 500_000;

    /// <summary>How deep lists and graphs lie in one another.</summary>
    public const int MostDepth = 256;
}
