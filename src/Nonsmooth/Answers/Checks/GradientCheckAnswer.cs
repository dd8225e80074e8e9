namespace Nonsmooth.Answers;

/// <summary>What was found about a claimed gradient.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Reason">What decided, with the numbers.</param>
/// <param name="Slopes">What was measured along each direction.</param>
public sealed record GradientCheckAnswer(GradientLabel Label, string Reason, IReadOnlyList<SlopePair> Slopes)
{
    /// <summary>Whether the gradient may stand: a gradient, Clarke's, or undecidable.</summary>
    public bool Passes => Label is not (GradientLabel.Wrong or GradientLabel.ConservativeOnly);
}
