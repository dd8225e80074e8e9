using MathNet.Numerics.RootFinding;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>Roots of one equation in one unknown, found between two ends of which the residual has opposite signs.</summary>
/// <remarks>The special case of <see cref="Implicit"/> that needs no start. Source: Brent (1973), by MathNet.</remarks>
public static class Bracketing
{
    /// <summary>The root x of F(θ, x) = 0 between two ends.</summary>
    /// <param name="residual">F, a program with one result and one input x of no axes.</param>
    /// <param name="low">The lower end.</param>
    /// <param name="high">The upper end.</param>
    /// <param name="unknown">The name of the input that is x.</param>
    /// <exception cref="ShapeException">The unknown has axes.</exception>
    /// <exception cref="OutOfRangeException">The ends are not in order.</exception>
    public static Implicit Between(Program residual, double low, double high, string unknown = "x")
    {
        var program = UnknownProgram.Of(residual, unknown);
        if (program.Shape.Rank != 0)
        {
            throw new ShapeException($"{unknown} is {program.Shape}: a bracket is for one number, without axes");
        }

        if (!(low < high) || !double.IsFinite(high - low))
        {
            throw new OutOfRangeException(FormattableString.Invariant($"the bracket is from {low} to {high}: give finite ends in order"), low - high);
        }

        return new Implicit(residual, unknown, problem => [Root(x => program.Value(problem.Values, [x])[0], low, high)]);
    }

    private static double Root(Func<double, double> function, double low, double high)
    {
        var (first, last) = (function(low), function(high));
        if (first == 0 || last == 0)
        {
            return first == 0 ? low : high;
        }

        if (double.IsNaN(first) || double.IsNaN(last) || Math.Sign(first) == Math.Sign(last))
        {
            throw new InfeasibleProblemException(
                FormattableString.Invariant($"the residual is {first:G4} at {low} and {last:G4} at {high}: give ends between which its sign changes"), Math.Min(Math.Abs(first), Math.Abs(last)), [first, last]);
        }

        // Brent's steps may fall short of the last bits for ever; halves end, and a jump is refused with its residual.
        return Brent.TryFindRoot(function, low, high, double.Epsilon, 500, out double root) ? root : Halved(function, low, high, Math.Sign(first));
    }

    private static double Halved(Func<double, double> function, double low, double high, int sign)
    {
        while (true)
        {
            double middle = low + ((high - low) / 2);
            double value = function(middle);
            if (double.IsNaN(value))
            {
                throw new NotConvergedException(FormattableString.Invariant($"the residual is not a number at {middle}: give a bracket in which it is defined"), double.NaN);
            }

            if (value == 0)
            {
                return middle;
            }

            if (middle <= low || middle >= high)
            {
                return Math.Abs(function(low)) <= Math.Abs(function(high)) ? low : high;
            }

            (low, high) = Math.Sign(value) == sign ? (middle, high) : (low, middle);
        }
    }
}

public static partial class Solve
{
    /// <summary>The root x of F(θ, x) = 0 between two ends, for a program F of θ and its input <c>x</c> of no axes; its other inputs in their order.</summary>
    public static Variable RootBetween(Program residual, double low, double high, params ReadOnlySpan<Variable> parameters) =>
        parameters[0].Builder.ApplyAll(Bracketing.Between(residual, low, high), parameters)[0];
}
