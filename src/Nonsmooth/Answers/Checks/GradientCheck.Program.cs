using Nonsmooth.Programs;

namespace Nonsmooth.Answers;

public static partial class GradientCheck
{
    /// <summary>Checks backprop of a program; several outputs are summed with random weights.</summary>
    /// <param name="program">Any program with a real output.</param>
    /// <param name="inputs">The point.</param>
    /// <param name="options">How it is checked.</param>
    /// <remarks>Where there is a kink, the exact one-sided derivatives are checked against the differences as well.</remarks>
    public static GradientCheckAnswer Of(Program program, IReadOnlyList<Array> inputs, GradientCheckOptions? options = null)
    {
        options ??= new GradientCheckOptions();
        var subject = new ProgramSubject(program, inputs, options);
        var answer = Of(subject.Value, at => (subject.Value(at), subject.Gradient(at)), subject.Start, options);
        if (!answer.Slopes.Any(s => s.IsKink) || answer.Label is GradientLabel.Undecided or GradientLabel.Wrong)
        {
            return answer;
        }

        double[]? exact = subject.Derivatives(answer.Slopes);
        for (int i = 0; exact is not null && i < exact.Length; i++)
        {
            var (direction, _, right, _) = answer.Slopes[i];
            if (right.IsSettled && !(Math.Abs(exact[i] - right.Value) <= (10 * right.Error) + (1e-5 * Slope.Scale(exact[i], right.Value))))
            {
                return answer with
                {
                    Label = GradientLabel.Wrong,
                    Reason = $"the one-sided derivative along {Text(direction)} is {Text(right.Value)}, derived is {Text(exact[i])}",
                };
            }
        }

        return answer;
    }
}
