using Nonsmooth.Selections;

namespace Nonsmooth.Solutions;

/// <summary>A map that is solved in finitely many steps, exact up to rounding: a projection, a pool of adjacent violators.</summary>
public abstract record ExactMap : SolutionMap
{
    /// <summary>Below this distance from the border of a piece, relative to the problem's size, a solution is on the border.</summary>
    internal const double Weak = 1e-9;

    /// <inheritdoc/>
    public sealed override Refinement Refine(Problem problem, Solution solution)
    {
        var exact = Solve(problem);
        return Differentiate(problem, exact, ActivityRule.Inactive).Margins.Any(m => m.IsWeak)
            ? new(null, false, "a constraint is weakly active: the gradient is one-sided")
            : exact.IsVerified ? new(exact, true, "solved to rounding, on a piece with margins")
            : new(exact, false, "solved again to the solver's tolerance; no active set verifies");
    }

    /// <summary>Refuses a negative size of a set, which has then no point.</summary>
    private protected void CheckSize(Problem problem, int parameter)
    {
        if (problem.Number(parameter) < 0)
        {
            throw new InfeasibleProblemException(
                FormattableString.Invariant($"{Parameters[parameter].Name} is {problem.Number(parameter)}: the set has no point, give at least 0"),
                -problem.Number(parameter));
        }
    }
}
