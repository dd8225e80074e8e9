namespace Nonsmooth.Answers;

/// <summary>Whether backprop's gradient depends on what is selected at kinks.</summary>
/// <param name="Ambiguous">Yes: the two elements differ. No: there is one element (with probability 1). Unknown: one is not finite, or the point is on a border of an <see cref="Nonsmooth.Programs.IBordered"/> function.</param>
/// <param name="First">The element of the middle of all one-sided derivatives, one array an input.</param>
/// <param name="Second">The element of random selections.</param>
/// <param name="Difference">The largest difference of the two, relative to their largest entry.</param>
/// <param name="Cost">What the answer cost: at most 9 × the program's value.</param>
public sealed record AmbiguityAnswer(
    Verdict Ambiguous, IReadOnlyList<double[]> First, IReadOnlyList<double[]> Second, double Difference, AnswerCost Cost);
