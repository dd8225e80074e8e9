namespace Nonsmooth.Cost;

/// <summary>What a cut at a waist costs, by the cheapest of four combinations of modes.</summary>
/// <param name="Waist">Where.</param>
/// <param name="Inner">The mode of the part before the waist.</param>
/// <param name="Outer">The mode of the part after it.</param>
/// <param name="Price">Both parts and the product of their Jacobians.</param>
public sealed record MixedPrice(Waist Waist, DerivativeMode Inner, DerivativeMode Outer, double Price);
