namespace Nonsmooth.Optimizers;

/// <summary>An optimizer of some of a composite's slots.</summary>
/// <param name="Optimizer">It; the composite disposes it.</param>
/// <param name="Slots">Which of the composite's slots it has, in its own order.</param>
/// <param name="RateFactor">Multiplies the composite's rate.</param>
internal sealed record OptimizerPart(Optimizer Optimizer, int[] Slots, double RateFactor = 1)
{
    /// <summary>Room for the part's gradients, so that a step allocates nothing.</summary>
    public nint[] Gradients { get; } = new nint[Slots.Length];
}
