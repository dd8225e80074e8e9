namespace Nonsmooth.Reliability.Traps;

/// <summary>What a rule suspects: which value's derivative is to be probed, and what to write instead.</summary>
/// <param name="Output">The value that the trap spoils: the node's own, or the select's after it.</param>
/// <param name="What">The cause, as the beginning of a sentence: <c>sqrt of 'sum' has slope ∞ at 0</c>.</param>
/// <param name="Mend">A whole sentence.</param>
internal sealed record Finding(int Output, string What, string Mend)
{
    /// <summary>Whether a large derivative at an ordinary point is the trap; else only NaN and infinities are.</summary>
    public bool Large { get; init; }

    /// <summary>One more point to probe at: the epsilon that the program clamps at.</summary>
    public double? At { get; init; }
}
