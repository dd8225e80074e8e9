using Nonsmooth.Programs;

namespace Nonsmooth.Answers;

/// <summary>Whether a point is stationary within a distance, with what it can be checked by.</summary>
/// <param name="Verdict">
/// Yes: <paramref name="Combination"/> is no longer than asked. No: every convex combination is at least <paramref name="Least"/> long, which is longer. Unknown: see <paramref name="Doubt"/>.
/// </param>
/// <param name="Length">The length of the shortest convex combination found; of a yes an upper bound that <see cref="Recheck"/> proved. NaN where none was found.</param>
/// <param name="Radius">How far the farthest point of the combination is from the point asked about.</param>
/// <param name="Combination">Points, the gradients there, and weights that are positive and sum to 1 but for rounding; of an unknown answer what had been found.</param>
/// <param name="Least">Of a no: what every convex combination of Clarke's subgradients within the radius is at least as long as, proved in interval arithmetic; else null.</param>
/// <param name="Gradients">How many gradients were taken.</param>
/// <param name="Doubt">Why the answer is unknown; null where it is not.</param>
public sealed record GoldsteinAnswer(
    Verdict Verdict,
    double Length,
    double Radius,
    IReadOnlyList<GoldsteinTerm> Combination,
    double? Least,
    int Gradients,
    string? Doubt)
{
    /// <summary>Proves the combination again from what it carries: an upper bound of its length, and of the distance of its points.</summary>
    /// <param name="program">The program that was asked about.</param>
    /// <param name="inputs">The point.</param>
    /// <param name="withRespectTo">Names of the inputs; none for every real one.</param>
    /// <returns>Both bounds; infinite where the combination shows nothing.</returns>
    /// <remarks>
    /// Forprop in interval arithmetic at each point, of the program with its extrema written as those of two, encloses all of Clarke's subgradients there,
    /// kinks or not: it shares no derivative and no search with what found the combination. See <see cref="Arithmetic.Enclosure"/> for what of it is proved.
    /// </remarks>
    public (double Length, double Radius) Recheck(Program program, IReadOnlyList<Array> inputs, IReadOnlyList<string>? withRespectTo = null) =>
        GoldsteinCertificate.Bound(program, inputs, withRespectTo ?? [], Combination, Deadline.None);
}

/// <summary>One gradient with its share of a convex combination.</summary>
/// <param name="Weight">Its weight.</param>
/// <param name="Point">Where it was taken, one array an input asked for.</param>
/// <param name="Gradient">The gradient there, one array an input asked for.</param>
public sealed record GoldsteinTerm(double Weight, IReadOnlyList<double[]> Point, IReadOnlyList<double[]> Gradient);
