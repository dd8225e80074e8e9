namespace Nonsmooth.Conservativity;

/// <summary>How a rule fails to be conservative.</summary>
public enum DefectKind
{
    /// <summary>On a stratum the rule's slope along a tangent is not the function's.</summary>
    Stratum,

    /// <summary>Along a path the rule's integral is not the function's increment.</summary>
    Path,

    /// <summary>The rule is NaN or infinite where the value is finite.</summary>
    NotFinite,

    /// <summary>The function's value jumps.</summary>
    Jump,
}
