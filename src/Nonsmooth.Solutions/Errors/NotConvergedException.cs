namespace Nonsmooth.Solutions;

/// <summary>A solver ended short of the tolerance.</summary>
public sealed class NotConvergedException : SolutionException
{
    /// <summary>Creates the exception with a one-line message.</summary>
    /// <param name="message">What is wrong, with the numbers.</param>
    /// <param name="residual">The residual it reached.</param>
    /// <param name="certificate">Nothing.</param>
    public NotConvergedException(string message, double residual = double.NaN, IReadOnlyList<double>? certificate = null)
        : base(message, residual, certificate)
    {
    }

    private NotConvergedException(string message, SolutionException inner)
        : base(message, inner)
    {
    }

    /// <inheritdoc/>
    public override NonsmoothException In(string place) => new NotConvergedException($"{place}: {Message}", this);
}
