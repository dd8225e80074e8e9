using Nonsmooth.Selections;

namespace Nonsmooth.Answers;

/// <summary>What was found about a claimed gradient.</summary>
/// <param name="Label">What it is at the point.</param>
/// <param name="Reason">What decided, with the numbers.</param>
/// <param name="Slopes">What was measured along each direction.</param>
public sealed record GradientCheckAnswer(PointLabel Label, string Reason, IReadOnlyList<SlopePair> Slopes)
{
    /// <summary>Why it is neither a gradient nor Clarke's; null where it is one, or cannot be told.</summary>
    public Misfit? Misfit { get; init; }

    /// <summary>
    /// Whether the claim is wrong: it disagrees with a derivative that exists, or with the value, or is not finite where the value has slopes.
    /// A vector outside Clarke's set at a kink is neither, but not for that wrong.
    /// </summary>
    public bool IsWrong { get; init; }

    /// <summary>
    /// How far from the point the nearest kink is that was met along the directions tried, up to steps of a fiftieth of a variable: 0 at a kink, as
    /// far as rounding tells; null where none was met, or several are too near to be told apart.
    /// </summary>
    public double? NearestKink { get; init; }

    /// <summary>
    /// What the rule is that gave the gradient: for a program, by the chain rule from the rules of its functions. If
    /// conservative, the gradient is an element that a conservative field of the program has at the point, whatever the label.
    /// For a delegate untested: one number tells nothing; see <see cref="Conservativity.ConservativityTest"/>.
    /// </summary>
    public RuleLabel Rule { get; init; } = RuleLabel.Untested;

    /// <summary>Whether the gradient may stand at the point: a gradient, Clarke's, or cannot be told, and nothing wrong.</summary>
    public bool Passes => Label != PointLabel.Neither && !IsWrong;
}
