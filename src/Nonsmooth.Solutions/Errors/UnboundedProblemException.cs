namespace Nonsmooth.Solutions;

/// <summary>The objective has no minimum.</summary>
public sealed class UnboundedProblemException : SolutionException
{
    /// <summary>Creates the exception with a one-line message.</summary>
    /// <param name="message">What is wrong, with the numbers.</param>
    /// <param name="residual">The slope along the ray.</param>
    /// <param name="certificate">A ray along which every constraint holds and the objective falls for ever.</param>
    public UnboundedProblemException(string message, double residual = double.NaN, IReadOnlyList<double>? certificate = null)
        : base(message, residual, certificate)
    {
    }

    private UnboundedProblemException(string message, SolutionException inner)
        : base(message, inner)
    {
    }

    /// <inheritdoc/>
    public override NonsmoothException In(string place) => new UnboundedProblemException($"{place}: {Message}", this);
}
