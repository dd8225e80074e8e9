namespace Nonsmooth.Differences;

/// <summary>A one-sided slope by differences.</summary>
/// <param name="Value">The limit of the quotients.</param>
/// <param name="Error">How far it may be off.</param>
/// <param name="Size">The largest quotient seen at larger steps: what a slope of 0 is small against.</param>
public readonly record struct Slope(double Value, double Error, double Size)
{
    /// <summary>The quotients, at steps that shrink.</summary>
    internal double[]? Quotients { get; init; }

    /// <summary>Whether the quotients have a limit: its error is at most a thousandth of their size, or all of them are 0.</summary>
    public bool IsSettled => Error <= 1e-3 * Math.Max(Math.Abs(Value), Size) || (Value == 0 && Size == 0);
}
