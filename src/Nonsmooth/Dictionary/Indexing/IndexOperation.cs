namespace Nonsmooth.Dictionary;

/// <summary>How two indices are combined.</summary>
public enum IndexOperation
{
    /// <summary>a + b.</summary>
    Add,

    /// <summary>a − b.</summary>
    Subtract,

    /// <summary>a · b.</summary>
    Multiply,

    /// <summary>⌊a / b⌋, rounded towards −∞.</summary>
    FloorDivide,

    /// <summary>a − b⌊a / b⌋, of the sign of b.</summary>
    Remainder,
}
