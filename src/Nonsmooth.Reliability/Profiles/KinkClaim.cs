namespace Nonsmooth.Reliability.Profiles;

/// <summary>What is known of an engine that is not run here, at one row.</summary>
/// <param name="Evidence">How it is known.</param>
/// <param name="Gradient">The gradient; null where the profile's selection, applied to the spelling in the engine's dialect, gives it.</param>
internal sealed record KinkClaim(Evidence Evidence, IReadOnlyList<double>? Gradient)
{
    /// <summary>Whether the engine's function of that name is another one, so that the gradient cannot be judged by this one.</summary>
    public bool OfAnotherFunction { get; init; }

    /// <summary>Whether all that is known is that it is no longer what it was.</summary>
    public bool IsChanged { get; init; }
}
