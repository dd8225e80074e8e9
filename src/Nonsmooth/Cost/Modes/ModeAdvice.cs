namespace Nonsmooth.Cost;

/// <summary>Which mode computes a Jacobian cheapest, what each would cost, and why.</summary>
/// <param name="Plan">The recommended plan.</param>
/// <param name="Inputs">Directions that forward mode was priced for, r.</param>
/// <param name="Outputs">Cotangents that reverse mode was priced for, q.</param>
/// <param name="Forward">Price of forward mode.</param>
/// <param name="Reverse">Price of reverse mode.</param>
/// <param name="Mixed">The cheapest cut at a waist, even where it loses; null without a waist that was priced.</param>
/// <param name="Reason">One sentence.</param>
public sealed record ModeAdvice(
    JacobianPlan Plan, long Inputs, long Outputs, double Forward, double Reverse, MixedPrice? Mixed, string Reason)
{
    /// <summary>The recommended mode.</summary>
    public DerivativeMode Mode => Plan.Mode;

    /// <summary>Its price.</summary>
    public double Price => Mode switch
    {
        DerivativeMode.Forward => Forward,
        DerivativeMode.Reverse => Reverse,
        _ => Mixed!.Price,
    };
}
