using Nonsmooth.Differences;

namespace Nonsmooth.Answers;

/// <summary>The slopes of a function along a direction, on both sides of a point.</summary>
/// <param name="Direction">The direction; each entry in proportion to its variable's scale.</param>
/// <param name="Left">On the left: (f(x) − f(x − hv))/h for small h.</param>
/// <param name="Right">On the right: (f(x + hv) − f(x))/h for small h.</param>
/// <param name="Claimed">What the claimed gradient says.</param>
public sealed record SlopePair(IReadOnlyList<double> Direction, Slope Left, Slope Right, double Claimed)
{
    /// <summary>Whether both are known and differ by more than their errors and 10⁻⁵ of the larger one.</summary>
    public bool IsKink => Left.IsSettled && Right.IsSettled
        && Math.Abs(Left.Value - Right.Value) > Slack;

    /// <summary>Whether the claim is between the slopes of the sides.</summary>
    internal bool IsBetween => Claimed >= Math.Min(Left.Value, Right.Value) - Slack && Claimed <= Math.Max(Left.Value, Right.Value) + Slack;

    private double Slack => (10 * (Left.Error + Right.Error)) + (1e-5 * Math.Max(Math.Abs(Left.Value), Math.Abs(Right.Value)));

    /// <summary>The side that is known better.</summary>
    internal Slope Better => Left.Error < Right.Error ? Left : Right;
}
