namespace Nonsmooth.Engines.Cells;

/// <summary>What a compared number is.</summary>
public enum CellKind
{
    /// <summary>The function's value.</summary>
    Value,

    /// <summary>A slope by reverse mode.</summary>
    Reverse,

    /// <summary>A slope by forward mode.</summary>
    Forward,
}
