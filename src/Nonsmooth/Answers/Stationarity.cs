using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;

namespace Nonsmooth.Answers;

/// <summary>Is the point stationary: is 0 a Clarke subgradient, and is there a direction of descent? Exact within a budget.</summary>
/// <remarks>
/// <para>The first question is weaker than the second: at 0 of −|x| the answers are yes and yes. Testing first-order
/// stationarity of piecewise linear functions is co-NP-hard; every piece around the point is visited, within the budget.</para>
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
    public static StationarityAnswer At(Program program, IReadOnlyList<Array> inputs, KinkBudget? budget = null)
    {
        budget ??= new KinkBudget();
        var search = new KinkSearch(program, inputs, budget);
        if ((search.Obstacle ?? search.OverBudget) is { } doubt)
        {
            return new StationarityAnswer(Verdict.Unknown, Verdict.Unknown, null, null, null, null, search.Units.Count, 0, doubt);
        }

        var cones = search.Begin();
        var gradients = new PieceGradients(search, cones);
        Dyadic[]? descent = null;
        bool isVague = false;
        cones.Run(cone =>
        {
            gradients.Add(cone);
            if (descent is null && !ExactVector.IsZero(cone.Gradient.Exact))
            {
                var alternative = Alternative.Of([.. cone.Constraints, cone.Gradient.Negate()], cones.Scales);
                isVague |= !alternative.IsTold;
                descent = alternative.IsTold ? alternative.Direction : null;
            }

            return !gradients.AreNotFinite;
        });
        string? stopped = gradients.AreNotFinite ? "a derivative is not finite" : search.Stopped(cones);
        var zero = gradients.AreNotFinite ? new ZeroInHull(Verdict.Unknown, null, null, null) : gradients.Zero(stopped, search.IsCurved);
        double? slope = descent is null || stopped == cones.Doubt && stopped is not null ? null : SlopeAlong(program, inputs, budget, search.Split(cones.Widen(descent)));
        var falls = slope is not null ? Verdict.Yes : descent is null && stopped is null && !isVague ? Verdict.No : Verdict.Unknown;
        return new StationarityAnswer(
            zero.Verdict,
            falls,
            zero.Combination,
            zero.Separation,
            slope is null ? null : search.Split(cones.Widen(descent!)),
            slope,
            search.Units.Count,
            cones.Cones,
            stopped ?? zero.Doubt ?? (falls == Verdict.Unknown ? "whether a derivative is negative is within rounding" : null));
    }

    // By the directional derivative's own program; null where it is not negative beyond its error.
    private static double? SlopeAlong(Program program, IReadOnlyList<Array> inputs, KinkBudget budget, IReadOnlyList<double[]> direction)
    {
        var directional = DirectionalProgram.Emit(program, budget.WithRespectTo, 1);
        var results = directional.Exactly(inputs).Run([.. direction.Select(ExactVector.Of)]);
        var slope = results[$"jvp.{KinkSweep.ScalarOutput(directional.Form).Name}.0"][0];
        return slope is { Sign: < 0, IsTold: true } ? Dyadic.ToDouble(slope) : null;
    }
}
