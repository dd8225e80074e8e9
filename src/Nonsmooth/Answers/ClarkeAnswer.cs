namespace Nonsmooth.Answers;

/// <summary>A subgradient and a directional derivative.</summary>
/// <param name="Gradient">One array an input: the gradient at x + t·v for small t &gt; 0; none where time was over.</param>
/// <param name="Direction">The direction v that was drawn.</param>
/// <param name="DirectionalDerivative">The one-sided derivative at x along v.</param>
/// <param name="Doubt">Why the subgradient is not certified; null where it is.</param>
/// <param name="Cost">What the answer cost: at most 8 × the program's value, but for what is written out: see <see cref="Clarke"/>.</param>
public sealed record ClarkeAnswer(
    IReadOnlyList<double[]> Gradient, IReadOnlyList<double[]> Direction, double DirectionalDerivative, string? Doubt, AnswerCost Cost)
{
    /// <summary>Whether the subgradient is Clarke's with probability 1; else <c>NotCertified</c>, for the reason in <see cref="Doubt"/>.</summary>
    public bool IsCertified => Doubt is null;
}
