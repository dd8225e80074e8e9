using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;

namespace Nonsmooth.Answers;

/// <summary>One subgradient that is Clarke's with probability 1, and the exact directional derivative along a random direction.</summary>
/// <remarks>
/// <para>A direction v is drawn, one tangent goes forwards, and every tie is decided by it: ReLU at 0 passes where its
/// tangent is positive, of tied elements the one with the larger tangent wins, a 2-norm at 0 has the gradient of its
/// tangent. The decided pieces are swept backwards. The result is the limit of the gradients at x + t·v as t falls to 0, so
/// Clarke's. At most 8 × the value's cost (more for sorts and
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
        try
        {
            return At(program, inputs, options, new Deadline(options.Time));
        }
        catch (OutOfTimeException e)
        {
            return new ClarkeAnswer([], [], double.NaN, e.Message, AnswerCost.Of(Emit(program, options), program, options.Nonlinear));
        }
    }

    /// <summary>
    /// The program behind the answer. After the program's inputs it takes <c>tangent.NAME.0</c>, the direction; outputs
    /// those of the program, <c>jvp.OUTPUT.0</c>, <c>grad.NAME</c>, and the numbers that decided at curved kinks.
    /// </summary>
    public static Program Emit(Program program, AnswerOptions? options = null) =>
        DirectionalProgram.Emit(program, (options ?? new AnswerOptions()).WithRespectTo, 1, gradient: true).Program;

    private static ClarkeAnswer At(Program program, IReadOnlyList<Array> inputs, AnswerOptions options, Deadline deadline)
    {
        var random = new RandomPiece(program, inputs, options, deadline);
        var form = random.Directional.Form;
        var (direction, results) = random.Follow(options.Seed);
        double[][] gradient = [.. random.Names.Select(n => ExactVector.ToDoubles(results[$"grad.{n}"]))];
        double slope = Dyadic.ToDouble(results[$"jvp.{KinkSweep.ScalarOutput(form).Name}.0"][0]);
        var at = new Point(form, inputs, deadline);
        string? doubt = !double.IsFinite(slope) || !Gradients.AreFinite(gradient)
            ? "a derivative is not finite"
            : Doubts.At(form, at, random.Names, KinkGaps.Of(form, at, random.Names))
                ?? (random.Directional.Decisions.FirstOrDefault(d => results[d.Name].Any(x => x.Sign == 0)) is { Node: { } tied }
                    ? $"{tied.Name} ties beyond the first order"
                    : random.Directional.AllDecisions.FirstOrDefault(d => results[d.Name].Any(x => x is { IsFinite: true, Sign: not 0, IsTold: false })) is { Node: { } vague }
                        ? $"on which side of {vague.Name}'s kink the direction goes is within rounding"
                        : null);
        return new ClarkeAnswer(gradient, direction, slope, doubt, AnswerCost.Of(random.Directional.Program, program, options.Nonlinear));
    }
}
