namespace Nonsmooth.Testing.Tests;

/// <summary>What may be wrong in a function of one's own.</summary>
public enum Flaw
{
    None,
    Type,
    WritesItsArgument,
    LosesDigits,
    Count,
    Tangent,
    Cotangent,
    SaysItIsSmooth,
    MovedKink,
    SelectedSlope,
}
