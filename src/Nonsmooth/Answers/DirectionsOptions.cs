namespace Nonsmooth.Answers;

/// <summary>What is asked of derivatives along several directions.</summary>
public sealed record DirectionsOptions : AnswerOptions
{
    /// <summary>How many times the program's own cost they may take; more is refused before anything runs. Default 1000.</summary>
    public double MaxRatio { get; init; } = 1000;
}
