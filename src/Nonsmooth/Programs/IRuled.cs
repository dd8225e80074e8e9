using Nonsmooth.Selections;

namespace Nonsmooth.Programs;

/// <summary>A function with kinks that can tell by what theorem its derivative is conservative under a selection.</summary>
/// <remarks>Smooth functions and composites need not: for them the theorem is the same for all.</remarks>
public interface IRuled
{
    /// <summary>What is known of the derivative under a selection.</summary>
    RuleGrounds Grounds(Selection selection);
}
