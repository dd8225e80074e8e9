namespace Nonsmooth.Dictionary;

/// <summary>How two masks are combined.</summary>
public enum LogicalOperation
{
    /// <summary>Both hold.</summary>
    And,

    /// <summary>At least one holds.</summary>
    Or,
}
