namespace Nonsmooth.Solutions;

/// <summary>A parameter is outside the range for which the problem is defined.</summary>
public sealed class OutOfRangeException : SolutionException
{
    /// <summary>Creates the exception with a one-line message.</summary>
    /// <param name="message">What is wrong, with the numbers.</param>
    /// <param name="residual">The parameter.</param>
    /// <param name="certificate">Nothing.</param>
    public OutOfRangeException(string message, double residual = double.NaN, IReadOnlyList<double>? certificate = null)
        : base(message, residual, certificate)
    {
    }

    private OutOfRangeException(string message, SolutionException inner)
        : base(message, inner)
    {
    }

    /// <inheritdoc/>
    public override NonsmoothException In(string place) => new OutOfRangeException($"{place}: {Message}", this);
}
