namespace Nonsmooth.Dictionary;

/// <summary>What a border is filled with.</summary>
public enum PadMode
{
    /// <summary>One constant.</summary>
    Constant,

    /// <summary>The elements mirrored at the outermost one, which is not repeated: … c b | a b c.</summary>
    Reflect,

    /// <summary>The elements mirrored at the edge, the outermost one repeated: … b a | a b c.</summary>
    Symmetric,

    /// <summary>The outermost element.</summary>
    Edge,

    /// <summary>The elements of the other end, as on a circle.</summary>
    Wrap,
}
