namespace Nonsmooth.Answers;

/// <summary>A piece on which the function's first-order model is linear: a direction in its interior, and its gradient.</summary>
/// <param name="Direction">One array an input. Every direction near it is on the same piece.</param>
/// <param name="Gradient">One array an input: F'(x; d) = ⟨Gradient, d⟩ for d on the piece.</param>
/// <remarks>
/// The gradient is a limit of gradients at x + t·d, hence Clarke's: over the reals, for the rounded numbers of the program
/// (see <see cref="Differentiability"/>). Both are rounded to doubles from exact numbers.
/// </remarks>
public sealed record LinearPiece(IReadOnlyList<double[]> Direction, IReadOnlyList<double[]> Gradient)
{
    /// <summary>
    /// What is to be added to <see cref="Direction"/>, exactly, to be inside a piece too narrow for directions of doubles; else null.
    /// </summary>
    /// <remarks>Such pieces are a rounding error wide: between the kinks of relu(0.1 x − 0.1 y) and relu(0.1 x + 0.2 y − 0.3 y), since in doubles 0.3 − 0.2 is not 0.1.</remarks>
    public IReadOnlyList<double[]>? Refinement { get; init; }
}
