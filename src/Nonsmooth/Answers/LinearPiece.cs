namespace Nonsmooth.Answers;

/// <summary>A piece on which the function's first-order model is linear: a direction in its interior, and its gradient.</summary>
/// <param name="Direction">One array an input. Every direction near it is on the same piece.</param>
/// <param name="Gradient">One array an input: F'(x; d) = ⟨Gradient, d⟩ for d on the piece.</param>
/// <remarks>
/// The gradient is a limit of gradients at x + t·d, hence Clarke's: over the reals, for the rounded numbers of the program
/// (see <see cref="Differentiability"/>). Both are rounded to doubles from exact numbers.
/// </remarks>
public sealed record LinearPiece(IReadOnlyList<double[]> Direction, IReadOnlyList<double[]> Gradient);
