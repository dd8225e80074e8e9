namespace Nonsmooth.Solutions;

/// <summary>An iteration does not approach a fixed point.</summary>
public sealed class NotContractingException : SolutionException
{
    /// <summary>Creates the exception with a one-line message.</summary>
    /// <param name="message">What is wrong, with the numbers.</param>
    /// <param name="residual">The last step's length.</param>
    /// <param name="certificate">The factors by which the last steps' lengths changed.</param>
    public NotContractingException(string message, double residual = double.NaN, IReadOnlyList<double>? certificate = null)
        : base(message, residual, certificate)
    {
    }

    private NotContractingException(string message, SolutionException inner)
        : base(message, inner)
    {
    }

    /// <inheritdoc/>
    public override NonsmoothException In(string place) => new NotContractingException($"{place}: {Message}", this);
}
