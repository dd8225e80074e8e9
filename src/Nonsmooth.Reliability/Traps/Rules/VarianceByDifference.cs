using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Reliability.Traps.Rules;

/// <summary>The root of E x² − (E x)², which rounding makes 0 or negative.</summary>
internal sealed class VarianceByDifference : ITrapRule
{
    /// <inheritdoc/>
    public TrapKind Kind { get; } = new(
        "variance-by-difference",
        "`sqrt(mean(x²) - mean(x)²)`",
        "rounding makes the difference 0 or negative: the value or the derivative is NaN",
        "`sqrt(mean(square(x - mean(x))) + epsilon)`");

    /// <inheritdoc/>
    public Finding? Match(Node node, ProgramFacts facts)
    {
        if (node.Function is not (Unary<Sqrt> or Unary<Rsqrt> or Unary<PowConstant> { Rule.Exponent: < 1 }))
        {
            return null;
        }

        var shapes = facts.Shapes;
        int argument = shapes.Is<AddConstant>(node.Arguments[0], out int inner) ? inner : node.Arguments[0];
        return shapes.IsPair<Subtract>(argument, out int left, out int right)
            && shapes.IsSumOfSquares(left, out int whole) && shapes.IsSquare(right, out int mean)
            && shapes.IsTotal(mean, out int averaged) && averaged == whole
            ? new(
                node.Results[0],
                $"{facts.Name(argument)} is a variance as a difference of two large numbers: rounding makes it 0 or negative",
                $"Write the mean of Square({facts.Program.NameOf(whole)} - mean) plus an epsilon.")
            : null;
    }

}
