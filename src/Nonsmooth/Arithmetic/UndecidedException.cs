namespace Nonsmooth.Arithmetic;

/// <summary>An enclosure does not decide what was asked: the caller's answer is that it cannot be told.</summary>
public sealed class UndecidedException : NonsmoothException
{
    /// <summary>Creates the exception with a one-line message that says what is undecided.</summary>
    public UndecidedException(string message)
        : base(message)
    {
    }

    private UndecidedException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <inheritdoc/>
    public override NonsmoothException In(string place) => new UndecidedException($"{place}: {Message}", this);
}
