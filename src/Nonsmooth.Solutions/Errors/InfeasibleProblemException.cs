namespace Nonsmooth.Solutions;

/// <summary>No point satisfies the constraints.</summary>
public sealed class InfeasibleProblemException : SolutionException
{
    /// <summary>Creates the exception with a one-line message.</summary>
    /// <param name="message">What is wrong, with the numbers.</param>
    /// <param name="residual">The least violation that any point has.</param>
    /// <param name="certificate">Farkas multipliers: of the inequalities (not negative), then of the equalities; they combine the constraints into 0 ≤ a negative number.</param>
    public InfeasibleProblemException(string message, double residual = double.NaN, IReadOnlyList<double>? certificate = null)
        : base(message, residual, certificate)
    {
    }

    private InfeasibleProblemException(string message, SolutionException inner)
        : base(message, inner)
    {
    }

    /// <inheritdoc/>
    public override NonsmoothException In(string place) => new InfeasibleProblemException($"{place}: {Message}", this);
}
