namespace Nonsmooth.Answers;

/// <summary>The slopes of a function along a direction, on both sides of a point.</summary>
/// <param name="Direction">The direction, largest entry ±1.</param>
/// <param name="Left">On the left: (f(x) − f(x − hv))/h for small h.</param>
/// <param name="Right">On the right: (f(x + hv) − f(x))/h for small h.</param>
/// <param name="Claimed">What the claimed gradient says.</param>
public sealed record SlopePair(IReadOnlyList<double> Direction, Slope Left, Slope Right, double Claimed)
{
    /// <summary>Whether both are known and differ by more than their errors.</summary>
    public bool IsKink => Left.IsSettled && Right.IsSettled
        && Math.Abs(Left.Value - Right.Value) > (10 * (Left.Error + Right.Error)) + (1e-5 * Slope.Scale(Left.Value, Right.Value));
}

/// <summary>A one-sided slope by differences.</summary>
/// <param name="Value">The limit of the quotients.</param>
/// <param name="Error">How far it may be off.</param>
public readonly record struct Slope(double Value, double Error)
{
    /// <summary>Whether the quotients have a limit.</summary>
    public bool IsSettled => Error <= 1e-3 * Scale(Value, 0);

    internal static double Scale(double a, double b) => 1 + Math.Max(Math.Abs(a), Math.Abs(b));
}
