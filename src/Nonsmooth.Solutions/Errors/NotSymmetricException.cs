namespace Nonsmooth.Solutions;

/// <summary>A matrix that must be symmetric is not.</summary>
public sealed class NotSymmetricException : SolutionException
{
    /// <summary>Creates the exception with a one-line message.</summary>
    /// <param name="message">What is wrong, with the numbers.</param>
    /// <param name="residual">The largest difference of two entries that must be equal.</param>
    /// <param name="certificate">The row and the column of that entry.</param>
    public NotSymmetricException(string message, double residual = double.NaN, IReadOnlyList<double>? certificate = null)
        : base(message, residual, certificate)
    {
    }

    private NotSymmetricException(string message, SolutionException inner)
        : base(message, inner)
    {
    }

    /// <inheritdoc/>
    public override NonsmoothException In(string place) => new NotSymmetricException($"{place}: {Message}", this);
}
