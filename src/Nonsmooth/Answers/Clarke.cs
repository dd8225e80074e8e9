using Nonsmooth.Programs;
using Nonsmooth.Randomness;

namespace Nonsmooth.Answers;

/// <summary>One subgradient that is Clarke's with probability 1, and the exact directional derivative along a random direction.</summary>
/// <remarks>
/// <para>A direction v is drawn, one tangent goes forwards, and every tie is decided by it: ReLU at 0 passes where its
/// tangent is positive, of tied elements the one with the larger tangent wins, a 2-norm at 0 has the gradient of its
/// tangent. The decided pieces are swept backwards. The result is the gradient at x + t·v for all small t &gt; 0, so a
/// limit of gradients. At most 8 × the value's cost (more for sorts and
/// pooling, which are written out as networks); a fixed choice at each kink costs 5 × and may leave Clarke's set:
/// <c>relu(x) − relu(−x)</c> has derivative 1 everywhere, backprop says 0 at 0.</para>
/// <para>Not certified where the point sits on a jump (a comparison, a rounding), where a derivative is not finite, and
/// where value and tangent tie at a kink whose argument is curved: which side x + t·v is on is then a matter of
/// higher order. Source: complexity specification, 3.4.</para>
/// </remarks>
public static class Clarke
{
    /// <summary>Answers at a point.</summary>
    /// <param name="program">A program with one real output, of one element.</param>
    /// <param name="inputs">The point, as <see cref="Evaluation.Interpreter.Run{T}"/> takes it.</param>
    /// <param name="options">What is asked.</param>
    /// <exception cref="NonsmoothException">The program has another output, or an input does not fit.</exception>
    public static ClarkeAnswer At(Program program, IReadOnlyList<Array> inputs, AnswerOptions? options = null)
    {
        options ??= new AnswerOptions();
        var directional = DirectionalProgram.Emit(program, options.WithRespectTo, 1, gradient: true);
        var form = directional.Form;
        var names = Differentiation.Activity.Wanted(form, options.WithRespectTo);
        var random = new CounterRandom(options.Seed).Derive("clarke").Sequence();
        double[][] direction = [.. names.Select(n => Draw(form.InputType(n).Shape.Elements, ref random))];
        var results = Point.Run(directional.Program, [.. inputs, .. direction]);
        double[][] gradient = [.. names.Select(n => results[$"grad.{n}"])];
        double slope = results[$"jvp.{KinkSweep.ScalarOutput(form).Name}.0"][0];
        string? doubt = !double.IsFinite(slope) || !Gradients.AreFinite(gradient)
            ? "a derivative is not finite"
            : Jumps.First(new Point(form, inputs), names) is { } jump
                ? $"the point sits on the decision of {jump}"
                : directional.Decisions.FirstOrDefault(d => results[d.Name].Contains(0)) is { Node: { } tied }
                    ? $"{tied.Name} ties beyond the first order"
                    : null;
        return new ClarkeAnswer(gradient, direction, slope, doubt, AnswerCost.Of(directional.Program, program, options.Nonlinear));
    }

    /// <summary>
    /// The program behind the answer. After the program's inputs it takes <c>tangent.NAME.0</c>, the direction; outputs
    /// those of the program, <c>jvp.OUTPUT.0</c>, <c>grad.NAME</c>, and the numbers that decided at curved kinks.
    /// </summary>
    public static Program Emit(Program program, AnswerOptions? options = null) =>
        DirectionalProgram.Emit(program, (options ?? new AnswerOptions()).WithRespectTo, 1, gradient: true).Program;

    private static double[] Draw(int count, ref RandomSequence random)
    {
        var elements = new double[count];
        for (int i = 0; i < count; i++)
        {
            elements[i] = random.NextNormal();
        }

        return elements;
    }
}
