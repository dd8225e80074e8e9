namespace Nonsmooth.Solutions;

/// <summary>A matrix that must be positive semidefinite is not.</summary>
public sealed class NotConvexException : SolutionException
{
    /// <summary>Creates the exception with a one-line message.</summary>
    /// <param name="message">What is wrong, with the numbers.</param>
    /// <param name="residual">Its least eigenvalue.</param>
    /// <param name="certificate">A unit eigenvector of that eigenvalue.</param>
    public NotConvexException(string message, double residual = double.NaN, IReadOnlyList<double>? certificate = null)
        : base(message, residual, certificate)
    {
    }

    private NotConvexException(string message, SolutionException inner)
        : base(message, inner)
    {
    }

    /// <inheritdoc/>
    public override NonsmoothException In(string place) => new NotConvexException($"{place}: {Message}", this);
}
