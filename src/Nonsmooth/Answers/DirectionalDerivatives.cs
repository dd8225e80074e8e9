using Nonsmooth.Cost;
using Nonsmooth.Programs;

namespace Nonsmooth.Answers;

/// <summary>Exact one-sided derivatives along r directions, priced before they run.</summary>
/// <remarks>
/// At a kink F'(x; ·) is not linear, so no gradient gives them: each direction takes a sweep, G + r·(2E − V) operations,
/// affine in r. That cannot be mended unless matrices can be multiplied in O(p²): p directional derivatives of a
/// function of cost O(p²) give the product of a sign matrix and a real one. Where a program is differentiable, one
/// gradient and r inner products do. Source: complexity specification, 3.1.
/// </remarks>
public static class DirectionalDerivatives
{
    /// <summary>The derivatives of every real output.</summary>
    /// <param name="program">Any program.</param>
    /// <param name="inputs">The point.</param>
    /// <param name="directions">For each direction one array an input asked for.</param>
    /// <param name="options">What is asked.</param>
    /// <exception cref="NonsmoothException">The price is above the limit (the message names both), or a direction does not fit.</exception>
    public static DirectionalAnswer At(
        Program program, IReadOnlyList<Array> inputs, IReadOnlyList<IReadOnlyList<double[]>> directions, DirectionsOptions? options = null) =>
        Directions.Follow(program, inputs, directions, options ?? new DirectionsOptions(), each: true);

    /// <summary>The program behind the answer: inputs <c>tangent.NAME.d</c>, outputs <c>jvp.OUTPUT.d</c>.</summary>
    public static Program Emit(Program program, int directions, AnswerOptions? options = null) =>
        DirectionalProgram.Emit(program, (options ?? new AnswerOptions()).WithRespectTo, directions, each: true).Program;

    /// <summary>The theory's price: G + r·(2E − V), all inputs active.</summary>
    public static double Price(Program program, int directions, double nonlinear = 1) =>
        new UnitModel(nonlinear).Forprop(program, directions);
}
