namespace Nonsmooth.Selections;

/// <summary>What kind of generalized derivative a selection is at a kink.</summary>
public enum SelectionLabel
{
    /// <summary>An element of Clarke's subdifferential.</summary>
    Clarke,

    /// <summary>An element of a conservative Jacobian, but outside Clarke's subdifferential.</summary>
    ConservativeOnly,

    /// <summary>Neither: the chain rule along curves fails, or it is not a number.</summary>
    Invalid,
}
