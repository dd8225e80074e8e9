namespace Nonsmooth.Answers;

/// <summary>Whether backprop's gradient depends on what is selected at kinks.</summary>
/// <param name="Ambiguous">
/// Yes: the two elements differ. No: there is one element, with the probability that <see cref="Ambiguity"/> states. Unknown: see <paramref name="Doubt"/>.
/// </param>
/// <param name="First">The element of the middle of all one-sided derivatives, one array an input.</param>
/// <param name="Second">The element of random selections.</param>
/// <param name="FirstSelection">What the first took at each element that ties.</param>
/// <param name="SecondSelection">What the second took there.</param>
/// <param name="Difference">The largest difference of the two in an entry, relative to the entry.</param>
/// <param name="Doubt">Why the answer is unknown; null where it is not.</param>
/// <param name="Cost">What the answer cost: at most 9 × the program's value, but for what is written out: see <see cref="Ambiguity"/>.</param>
public sealed record AmbiguityAnswer(
    Verdict Ambiguous,
    IReadOnlyList<double[]> First,
    IReadOnlyList<double[]> Second,
    IReadOnlyList<ChosenSlope> FirstSelection,
    IReadOnlyList<ChosenSlope> SecondSelection,
    double Difference,
    string? Doubt,
    AnswerCost Cost);
