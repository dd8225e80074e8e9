namespace Nonsmooth.Dictionary;

/// <summary>What becomes of elements that a scatter meets, and of updates that meet each other.</summary>
public enum ScatterReduction
{
    /// <summary>The last update stays.</summary>
    Set,

    /// <summary>They are added.</summary>
    Add,

    /// <summary>They are multiplied.</summary>
    Multiply,

    /// <summary>The largest stays.</summary>
    Maximum,

    /// <summary>The smallest stays.</summary>
    Minimum,

    /// <summary>Their mean.</summary>
    Mean,
}
