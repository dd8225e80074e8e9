namespace Nonsmooth.Answers;

/// <summary>What counts as stationary within a distance, and how much is searched.</summary>
public sealed record GoldsteinBudget : AnswerOptions
{
    /// <summary>ε: how far from the point, in the 2-norm over all inputs asked for, gradients may be taken. Default 1e-6.</summary>
    public double Radius { get; init; } = 1e-6;

    /// <summary>δ: how long a convex combination of them may be. Default 1e-5.</summary>
    public double Length { get; init; } = 1e-5;

    /// <summary>How many gradients are taken at most. Default 4,000.</summary>
    public int Gradients { get; init; } = 4000;
}
