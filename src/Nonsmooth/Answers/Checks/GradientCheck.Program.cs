using Nonsmooth.Conservativity;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Answers;

public static partial class GradientCheck
{
    /// <summary>Checks backprop of a program; several outputs are summed with random weights.</summary>
    /// <param name="program">Any program with a real output.</param>
    /// <param name="inputs">The point.</param>
    /// <param name="options">How it is checked.</param>
    /// <remarks>
    /// A program's rounding is bounded, operation by operation, and differences are not trusted below it: log(1 + x²) is a staircase near 0.
    /// Where there is a kink, the exact one-sided derivatives are checked against the differences as well. A kink that differences see
    /// and the program does not have at the point is nearer than their steps: then the exact derivatives hold, if one side confirms them.
    /// </remarks>
    public static GradientCheckAnswer Of(Program program, IReadOnlyList<Array> inputs, GradientCheckOptions? options = null)
    {
        options ??= new GradientCheckOptions();
        var deadline = new Deadline(options.Time);
        var subject = new ProgramSubject(program, inputs, options, deadline);
        var answer = Of(subject.Value, at => (subject.Value(at), subject.Gradient(at)), subject.Start, options, deadline.Over is null ? subject.Rounding() : 0, deadline, subject.Ties);
        var grounds = RuleProof.Of(program, options.Selection);
        answer = answer with
        {
            Rule = grounds is null ? RuleLabel.Untested : grounds.Value.Holds ? RuleLabel.Conservative : RuleLabel.NotConservative,
        };
        return answer.Slopes.Any(s => s.IsKink) && answer.Misfit != Answers.Misfit.NotFinite && answer.Label != PointLabel.Unknown
            ? AgainstExact(answer, subject)
            : answer;
    }

    private static GradientCheckAnswer AgainstExact(GradientCheckAnswer answer, ProgramSubject subject)
    {
        var slopes = answer.Slopes;
        double[]? exact = subject.Derivatives([.. slopes.Select(s => s.Direction), .. slopes.Select(s => s.Direction.Select(v => -v).ToArray())]);
        if (exact is null)
        {
            return answer;
        }

        var sides = slopes.Select((s, i) => (Pair: s, Right: exact[i], Left: -exact[slopes.Count + i])).ToList();
        if (sides.TrueForAll(s => Same(s.Left, s.Right, 1e-9)) && sides.TrueForAll(s => Fits(s.Right, s.Pair.Right) || Fits(s.Right, s.Pair.Left)))
        {
            return sides.TrueForAll(s => Same(s.Pair.Claimed, s.Right, 1e-9))
                ? answer with { Label = PointLabel.Gradient, Misfit = null, IsWrong = false, Reason = "the derivatives of the program, one for both sides; a kink is nearer than the steps of the differences" }
                : answer with { Label = PointLabel.Unknown, Misfit = null, IsWrong = false, Reason = "a kink is nearer than the steps of the differences" };
        }

        foreach (var (pair, right, left) in sides)
        {
            if (!Fits(right, pair.Right) || !Fits(left, pair.Left))
            {
                return answer with
                {
                    Label = PointLabel.Unknown,
                    IsWrong = true,
                    Misfit = null,
                    Reason = $"the one-sided derivatives along {Text(pair.Direction)} are {Text(pair.Left.Value)} and {Text(pair.Right.Value)}, derived are {Text(left)} and {Text(right)}",
                };
            }
        }

        return answer;

        static bool Fits(double exact, Differences.Slope slope) => !slope.IsSettled || Same(exact, slope.Value, 1e-5, 10 * slope.Error);

        static bool Same(double a, double b, double relative, double slack = 0) =>
            Math.Abs(a - b) <= slack + (relative * Math.Max(Math.Abs(a), Math.Abs(b)));
    }
}
