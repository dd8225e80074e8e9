namespace Nonsmooth.Answers;

/// <summary>How much an exact answer may search. Beyond it the answer is <see cref="Verdict.Unknown"/>.</summary>
public sealed record KinkBudget : AnswerOptions
{
    /// <summary>How many tied units are searched exactly, piece by piece. Default 20.</summary>
    public int TiedUnits { get; init; } = 20;

    /// <summary>How many linear pieces around the point are visited at most. Default 2²⁰.</summary>
    public long Pieces { get; init; } = 1 << 20;

    /// <summary>How many random directions are tried first, at 8 × the value's cost each. Default 4.</summary>
    public int Trials { get; init; } = 4;
}
