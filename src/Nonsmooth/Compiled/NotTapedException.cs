namespace Nonsmooth.Compiled;

/// <summary>A function decides by the numbers themselves what it does: it cannot be written down before they are there.</summary>
internal sealed class NotTapedException : Exception
{
    public NotTapedException()
        : base("what the function does depends on the numbers")
    {
    }
}
