using Nonsmooth.Cost;
using Nonsmooth.Programs;

namespace Nonsmooth.Answers;

/// <summary>The lexicographic derivative along r directions (Khan and Barton), priced before it runs.</summary>
/// <remarks>
/// Kinks are decided by the first direction that decides, so column d is the derivative along direction d of the
/// derivative along the earlier ones. Along the unit vectors the columns form a lexicographic subgradient: of one output
/// Clarke's, without luck; of several outputs in Clarke's Jacobian where the program is piecewise C¹ (no 2-norm at 0), else in its plenary hull; it costs up to (1 + 3p) × the value for p inputs, where <see cref="Clarke"/> costs 8 ×.
/// Source: complexity specification, 3.4b.
/// </remarks>
public static class LexicographicDerivative
{
    /// <summary>The derivative of every real output.</summary>
    /// <param name="program">Any program.</param>
    /// <param name="inputs">The point.</param>
    /// <param name="directions">For each direction one array an input asked for.</param>
    /// <param name="options">What is asked.</param>
    /// <exception cref="NonsmoothException">The price is above the limit (the message names both), or a direction does not fit.</exception>
    public static DirectionalAnswer At(
        Program program, IReadOnlyList<Array> inputs, IReadOnlyList<IReadOnlyList<double[]>> directions, DirectionsOptions? options = null) =>
        Directions.Follow(program, inputs, directions, options ?? new DirectionsOptions(), each: false);

    /// <summary>The program behind the answer: inputs <c>tangent.NAME.d</c>, outputs <c>jvp.OUTPUT.d</c>.</summary>
    public static Program Emit(Program program, int directions, AnswerOptions? options = null) =>
        DirectionalProgram.Emit(program, (options ?? new AnswerOptions()).WithRespectTo, directions).Program;

    /// <summary>The theory's price but for the comparisons at kinks, at most r each: G + r·(2E − V).</summary>
    public static double Price(Program program, int directions, double nonlinear = 1) =>
        new UnitModel(nonlinear).Forprop(program, directions);

    /// <summary>The unit vectors of all inputs asked for, in order: along them the answer is a subgradient.</summary>
    public static IReadOnlyList<IReadOnlyList<double[]>> UnitVectors(Program program, AnswerOptions? options = null)
    {
        var names = Differentiation.Activity.Wanted(program, (options ?? new AnswerOptions()).WithRespectTo);
        int[] sizes = [.. names.Select(n => program.InputType(n).Shape.Elements)];
        var vectors = new List<IReadOnlyList<double[]>>();
        for (int input = 0; input < sizes.Length; input++)
        {
            for (int i = 0; i < sizes[input]; i++)
            {
                double[][] vector = [.. sizes.Select(s => new double[s])];
                vector[input][i] = 1;
                vectors.Add(vector);
            }
        }

        return vectors;
    }
}
