using Nonsmooth.Reliability.Gradients;

namespace Nonsmooth.Cli.Quickstart;

/// <summary>How far gradients under a selection are from those under libtorch's choices, in one arithmetic.</summary>
/// <param name="Selection">The selection's name.</param>
/// <param name="Batches">Batches compared.</param>
/// <param name="Differing">Batches in which some entry differs.</param>
/// <param name="RelativeL2">The largest ‖g′ − g‖ / ‖g‖ of a batch; ∞ where g is 0 and g′ is not.</param>
internal sealed record SelectionDifference(string Selection, int Batches, int Differing, double RelativeL2)
{
    /// <summary>With one more batch.</summary>
    public SelectionDifference Add(GradientDistance distance) => this with
    {
        Batches = Batches + 1,
        Differing = Differing + (distance.IsZero ? 0 : 1),
        RelativeL2 = Math.Max(RelativeL2, distance.Relative),
    };
}
