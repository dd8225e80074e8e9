namespace Nonsmooth.Solutions;

/// <summary>The linear system of the implicit function theorem is singular: the solution has no derivative that it gives.</summary>
public sealed class SingularSolutionException : SolutionException
{
    /// <summary>Creates the exception with a one-line message.</summary>
    /// <param name="message">What is wrong, with the numbers.</param>
    /// <param name="residual">The ratio of the least to the largest singular value or pivot.</param>
    /// <param name="certificate">Nothing.</param>
    public SingularSolutionException(string message, double residual = double.NaN, IReadOnlyList<double>? certificate = null)
        : base(message, residual, certificate)
    {
    }

    private SingularSolutionException(string message, SolutionException inner)
        : base(message, inner)
    {
    }

    /// <inheritdoc/>
    public override NonsmoothException In(string place) => new SingularSolutionException($"{place}: {Message}", this);
}
