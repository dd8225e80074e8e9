namespace Nonsmooth.Dictionary;

/// <summary>How two reals are compared. With a NaN every comparison is false but <see cref="NotEqual"/>; both zeros are equal.</summary>
public enum Comparison
{
    /// <summary>a &lt; b.</summary>
    Less,

    /// <summary>a ≤ b.</summary>
    LessEqual,

    /// <summary>a = b.</summary>
    Equal,

    /// <summary>a ≠ b.</summary>
    NotEqual,

    /// <summary>a &gt; b.</summary>
    Greater,

    /// <summary>a ≥ b.</summary>
    GreaterEqual,
}
