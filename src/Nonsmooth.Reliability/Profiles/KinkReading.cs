namespace Nonsmooth.Reliability.Profiles;

/// <summary>A row of the catalogue, evaluated.</summary>
/// <param name="Row">The row.</param>
/// <param name="Value">The function's values at the point, by libtorch; empty where it refused.</param>
/// <param name="Values">One gradient a profile, in the order of the table's profiles.</param>
/// <param name="ObeysItsRule">
/// Whether libtorch's gradient follows the rule libtorch documents (the gradient where there is one; else the least
/// subgradient of what is convex or concave there); null where that rule does not decide.
/// </param>
public sealed record KinkReading(KinkRow Row, IReadOnlyList<double> Value, IReadOnlyList<KinkValue> Values, bool? ObeysItsRule);
