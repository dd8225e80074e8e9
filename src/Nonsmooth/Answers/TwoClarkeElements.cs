using Nonsmooth.Programs;

namespace Nonsmooth.Answers;

/// <summary>Two different Clarke subgradients, or the certificate that there is one: exact up to a budget of tied units.</summary>
/// <remarks>
/// NP-hard for ReLU programs, unlike the same question about backprop's conservative gradient (<see cref="Ambiguity"/>).
/// Where arguments of kinks are curved, pieces can meet the point that no straight direction enters; one subgradient is then
/// not certified. Source: complexity specification, 3.2 and 3.5.
/// </remarks>
public static class TwoClarkeElements
{
    /// <summary>Answers at a point: yes with two elements, no where there is one.</summary>
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
        if (grounds == KinkGrounds.AllPieces && search.IsCurved)
        {
            (grounds, doubt) = (KinkGrounds.None, "a kink with a curved argument ties: there may be pieces between curves");
        }

        var verdict = second is not null ? Verdict.Yes : doubt is null ? Verdict.No : Verdict.Unknown;
        var clearance = grounds == KinkGrounds.NoKink ? search.Clearance() : null;
        return new KinkAnswer(verdict, grounds, search.Units.Count, pieces, first, second, clearance, doubt);
    }
}
