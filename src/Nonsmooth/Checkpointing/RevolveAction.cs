namespace Nonsmooth.Checkpointing;

/// <summary>One action of the reversal of a uniform chain; states and steps are numbered from 0.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Position">The state that is stored, restored or left; or the step that is reversed.</param>
/// <param name="Target">The state that an advance reaches; for the other kinds equal to <paramref name="Position"/>.</param>
public readonly record struct RevolveAction(RevolveActionKind Kind, int Position, int Target);
