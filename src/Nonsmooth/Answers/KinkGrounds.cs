namespace Nonsmooth.Answers;

/// <summary>On what grounds an answer stands.</summary>
public enum KinkGrounds
{
    /// <summary>On none: it is unknown.</summary>
    None,

    /// <summary>No unit ties: no kink is at the point.</summary>
    NoKink,

    /// <summary>Units tie, and backprop's gradient is the same whatever is selected there.</summary>
    OneGradient,

    /// <summary>Every linear piece around the point was visited: all have one gradient.</summary>
    AllPieces,

    /// <summary>Two pieces with different gradients, given.</summary>
    TwoPieces,
}
