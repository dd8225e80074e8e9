using Nonsmooth.Cost;

namespace Nonsmooth.Cli.Costs;

/// <summary>The Jacobian as the product of two, cut where everything flows through one value.</summary>
/// <param name="Waist">The value's name.</param>
/// <param name="Elements">How many numbers it holds.</param>
/// <param name="Inner">The mode of the part before it.</param>
/// <param name="Outer">The mode of the part after it.</param>
/// <param name="Price">Both parts and the product.</param>
internal sealed record MixedAdvice(string Waist, long Elements, DerivativeMode Inner, DerivativeMode Outer, double Price);
