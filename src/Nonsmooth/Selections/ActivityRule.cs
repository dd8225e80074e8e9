namespace Nonsmooth.Selections;

/// <summary>As what the derivative of a solution takes a constraint that is weakly active: active, its multiplier 0.</summary>
/// <remarks>Either is the derivative on a neighbouring piece, so both are Clarke's where the implicit function theorem applies.</remarks>
public enum ActivityRule
{
    /// <summary>As if it were not there.</summary>
    Inactive,

    /// <summary>As an equality.</summary>
    Active,
}
