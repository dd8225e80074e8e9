using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>The shapes of one problem's solution.</summary>
/// <param name="Values">The real results: the solution, then what comes with it (multipliers).</param>
/// <param name="State">The integers that tell on which piece the solution is; 0 elements where there are no pieces.</param>
public sealed record SolutionShapes(IReadOnlyList<Shape> Values, Shape State);
