using Nonsmooth.Cost;
using Nonsmooth.Programs;

namespace Nonsmooth.Answers;

/// <summary>What an answer cost, in operations of the unit model, against the program itself.</summary>
/// <param name="Operations">Of the program that gives the answer, value included.</param>
/// <param name="Value">Of the program asked about.</param>
/// <remarks>Counted on the emitted program from its types: it is known before anything runs, and does not depend on data.</remarks>
public sealed record AnswerCost(double Operations, double Value)
{
    /// <summary>How many times the program's own cost.</summary>
    public double Ratio => Value == 0 ? 0 : Operations / Value;

    internal static AnswerCost Of(Program answer, Program asked, double nonlinear)
    {
        var model = new UnitModel(nonlinear);
        return new AnswerCost(model.Cost(answer), model.Cost(asked));
    }
}
