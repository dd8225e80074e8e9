namespace Nonsmooth.Training.Census;

/// <summary>How far the gradient under a selection is from the one under the reference, in one arithmetic.</summary>
/// <param name="Selection">The other selection's name.</param>
/// <param name="Batches">Batches compared.</param>
/// <param name="Differing">Batches in which some entry differs.</param>
/// <param name="RelativeL2">The largest ‖g′ − g‖ / ‖g‖ of a batch; ∞ where g is 0 and g′ is not.</param>
/// <param name="MaxDifference">The largest |g′ᵢ − gᵢ|.</param>
public sealed record GradientDifference(string Selection, int Batches, int Differing, double RelativeL2, double MaxDifference);
