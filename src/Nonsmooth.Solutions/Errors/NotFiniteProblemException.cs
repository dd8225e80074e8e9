namespace Nonsmooth.Solutions;

/// <summary>A parameter of a problem is NaN or infinite.</summary>
public sealed class NotFiniteProblemException : SolutionException
{
    /// <summary>Creates the exception with a one-line message.</summary>
    /// <param name="message">What is wrong, with the numbers.</param>
    /// <param name="residual">NaN.</param>
    /// <param name="certificate">Nothing.</param>
    public NotFiniteProblemException(string message, double residual = double.NaN, IReadOnlyList<double>? certificate = null)
        : base(message, residual, certificate)
    {
    }

    private NotFiniteProblemException(string message, SolutionException inner)
        : base(message, inner)
    {
    }

    /// <inheritdoc/>
    public override NonsmoothException In(string place) => new NotFiniteProblemException($"{place}: {Message}", this);
}
