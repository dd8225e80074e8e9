using Nonsmooth.Programs;

namespace Nonsmooth.Answers;

/// <summary>Is the point stationary: is 0 a Clarke subgradient, and is there a direction of descent? Exact within a budget.</summary>
/// <remarks>
/// The first question is weaker than the second: at 0 of −|x| the answers are yes and yes. Testing first-order
/// stationarity of piecewise linear functions is co-NP-hard; every piece around the point is visited, within the budget.
/// Source: complexity specification, 3.2 and 3.5.
/// </remarks>
public static class Stationarity
{
    /// <summary>Answers at a point.</summary>
    /// <param name="program">A program with one real output, of one element.</param>
    /// <param name="inputs">The point, as <see cref="Evaluation.Interpreter.Run{T}"/> takes it.</param>
    /// <param name="budget">What the answer may cost.</param>
    public static StationarityAnswer At(Program program, IReadOnlyList<Array> inputs, KinkBudget? budget = null)
    {
        budget ??= new KinkBudget();
        var search = new KinkSearch(program, inputs, budget);
        if ((search.Obstacle ?? search.OverBudget) is { } doubt)
        {
            return new StationarityAnswer(Verdict.Unknown, Verdict.Unknown, null, search.Units.Count, 0, doubt);
        }

        var gradients = new List<double[]>();
        double[]? descent = null;
        var run = search.Run((gradient, _, rows) =>
        {
            if (!gradients.Exists(g => Gradients.Difference([g], [gradient]) <= budget.Tolerance))
            {
                gradients.Add(gradient);
            }

            double length = Math.Sqrt(ConvexHull.Dot(gradient, gradient));
            if (descent is null && length > budget.Tolerance)
            {
                descent = ConeSearch.Inside([.. rows, [.. gradient.Select(g => -g / length)]]);
            }

            return true;
        });
        double scale = gradients.Count == 0 ? 0 : gradients.Max(g => Math.Sqrt(ConvexHull.Dot(g, g)));
        bool holds = gradients.Count > 0 && ConvexHull.Contains(gradients, new double[gradients[0].Length], budget.Tolerance * scale);
        string? stopped = run.IsExhausted ? $"more than {budget.Pieces} linear pieces meet here" : null;
        return new StationarityAnswer(
            holds ? Verdict.Yes : stopped is null && !search.IsCurved ? Verdict.No : Verdict.Unknown,
            descent is not null ? Verdict.Yes : stopped is null ? Verdict.No : Verdict.Unknown,
            descent is null ? null : search.Split(descent),
            search.Units.Count,
            run.Cones,
            stopped ?? (search.IsCurved && !holds ? "a kink with a curved argument ties: there may be pieces between curves" : null));
    }
}
