namespace Nonsmooth.Training.Engine;

/// <summary>A loss or a parameter of a run is not finite: the rate, not the caller, is to blame.</summary>
public sealed class DivergedException : NonsmoothException
{
    /// <summary>Creates the exception with a one-line message that names step, rate and mend.</summary>
    public DivergedException(string message)
        : base(message)
    {
    }
}
