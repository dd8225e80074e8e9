using Nonsmooth.Programs;

namespace Nonsmooth.Answers;

/// <summary>Is the function differentiable here? Exact up to a budget of tied units; never a silent exponential.</summary>
/// <remarks>
/// <para>Deciding it is NP-hard for ReLU programs. Three answers are cheap: no tied unit, or a gradient that no selection
/// changes (9 ×; but for the probability that <see cref="Ambiguity"/> states), says yes; two random directions with different gradients (8 × each) say no. Otherwise every linear
/// piece around the point is visited, within the budget. What an answer stands on, it carries: <see cref="KinkAnswer"/>.</para>
/// <para>The kinks are taken with the first-order behaviour of their arguments, which decides differentiability in the
/// sense of Fréchet for compositions of functions that are differentiable at their values with absolute values, extrema and
/// the like. Hypothesis: no function jumps at the point, and none has a kink that it does not declare.</para>
/// <para>Answers hold <b>over the reals, for the rounded numbers of the program</b>: its values are its doubles, ties are equal
/// doubles, each node's partial derivatives are the doubles its rule gives there, and everything that is then summed and
/// multiplied is exact, so answers do not depend on the size of a term or of a coordinate, short of overflow and underflow. A value that is not tied, but as near as
/// its rounding, and gradients that differ by no more than their rounding, make the answer unknown. Source: complexity specification, 3.2 and 3.5.</para>
/// </remarks>
public static class Differentiability
{
    /// <summary>Answers at a point.</summary>
    /// <param name="program">A program with one real output, of one element.</param>
    /// <param name="inputs">The point, as <see cref="Evaluation.Interpreter.Run{T}"/> takes it.</param>
    /// <param name="budget">What the answer may cost.</param>
    public static KinkAnswer At(Program program, IReadOnlyList<Array> inputs, KinkBudget? budget = null)
    {
        budget ??= new KinkBudget();
        var search = new KinkSearch(program, inputs, budget, new Deadline(budget.Time));
        if (search.Obstacle is { } obstacle)
        {
            return new KinkAnswer(Verdict.Unknown, KinkGrounds.None, search.Units.Count, 0, null, null, null, obstacle);
        }

        var (grounds, first, second, pieces, doubt) = search.TwoPieces();
        var verdict = second is not null ? Verdict.No : doubt is null ? Verdict.Yes : Verdict.Unknown;
        var clearance = grounds == KinkGrounds.NoKink ? search.Clearance() : null;
        return new KinkAnswer(verdict, grounds, search.Units.Count, pieces, first, second, clearance, doubt);
    }
}
