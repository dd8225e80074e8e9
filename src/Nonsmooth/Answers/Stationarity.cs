using Nonsmooth.Programs;

namespace Nonsmooth.Answers;

/// <summary>Is the point stationary: is 0 a Clarke subgradient, and is there a direction of descent? Exact within a budget.</summary>
/// <remarks>
/// <para>The first question is weaker than the second: at 0 of −|x| the answers are yes and yes. Testing first-order
/// stationarity of piecewise linear functions is co-NP-hard. First gradients are taken where the hull of those before would have to
/// grow for 0 to be in it: that finds a convex combination that is 0, or a descent. Where the function is regular by the way the
/// program is put together (sums with weights ≥ 0 and maxima of smooth functions, and the like) either answers both questions, whatever the number of ties;
/// else every piece around the point is visited, within the budget.</para>
/// <para>Yes to the first carries the convex combination, no a separating direction; yes to the second a direction, with the
/// derivative along it by a sweep of its own. They hold over the reals, for the rounded numbers of the program, at any scale:
/// see <see cref="Differentiability"/>. Source: complexity specification, 3.2 and 3.5.</para>
/// </remarks>
public static class Stationarity
{
    /// <summary>Answers at a point.</summary>
    /// <param name="program">A program with one real output, of one element.</param>
    /// <param name="inputs">The point, as <see cref="Evaluation.Interpreter.Run{T}"/> takes it.</param>
    /// <param name="budget">What the answer may cost.</param>
    public static StationarityAnswer At(Program program, IReadOnlyList<Array> inputs, KinkBudget? budget = null) =>
        new StationaritySearch(program, inputs, budget ?? new KinkBudget()).Answer();

    /// <summary>Is 0 nearly a convex combination of gradients near the point: ε-stationarity in Goldstein's sense, by which an optimizer's output can be judged?</summary>
    /// <param name="program">A program with one real output, of one element.</param>
    /// <param name="inputs">The point, as <see cref="Evaluation.Interpreter.Run{T}"/> takes it.</param>
    /// <param name="budget">The distance ε, the length δ, and what the answer may cost.</param>
    /// <remarks>
    /// Yes carries points within ε of the point, at each of which the function is smooth but for rounding, the gradients there, and weights; the
    /// length of their combination and the distances were proved again by forprop in interval arithmetic. No is proved by backprop over the box of half-width ε in interval arithmetic.
    /// Else the answer is unknown, with the shortest combination that was found. Which of these, depends on units: ε is in those of the inputs, δ in those of the gradient.
    /// </remarks>
    public static GoldsteinAnswer Within(Program program, IReadOnlyList<Array> inputs, GoldsteinBudget? budget = null) =>
        new GoldsteinSearch(program, inputs, budget ?? new GoldsteinBudget()).Answer();
}
