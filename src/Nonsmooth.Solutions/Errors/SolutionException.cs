namespace Nonsmooth.Solutions;

/// <summary>A problem has no solution that could be differentiated, or none was found: never a wrong gradient instead.</summary>
public class SolutionException : NonsmoothException
{
    /// <summary>Creates the exception with a one-line message.</summary>
    /// <param name="message">What is wrong, with the numbers, and the mend.</param>
    /// <param name="residual">How far from a solution: see the type thrown; NaN where nothing was measured.</param>
    /// <param name="certificate">The numbers that prove it; empty without a proof.</param>
    public SolutionException(string message, double residual = double.NaN, IReadOnlyList<double>? certificate = null)
        : base(message)
    {
        Residual = residual;
        Certificate = certificate ?? [];
    }

    private protected SolutionException(string message, SolutionException inner)
        : base(message, inner)
    {
        Residual = inner.Residual;
        Certificate = inner.Certificate;
    }

    /// <summary>How far from a solution the solver stayed; NaN where nothing was measured.</summary>
    public double Residual { get; }

    /// <summary>The numbers that prove it, as the type thrown says; empty without a proof.</summary>
    public IReadOnlyList<double> Certificate { get; }

    /// <inheritdoc/>
    public override NonsmoothException In(string place) => new SolutionException($"{place}: {Message}", this);
}
