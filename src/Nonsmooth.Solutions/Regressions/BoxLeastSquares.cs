using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>Least squares over a box: x minimising ½‖Ax − b‖² over low ≤ x ≤ high.</summary>
/// <remarks>Parameters A (m × n), b (m), low and high (n each, finite). As <see cref="BoundedRegression"/> says.</remarks>
public sealed record BoxLeastSquares : BoundedRegression
{
    /// <inheritdoc/>
    public override string Name => "box_least_squares";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [new("A", 2), new("b", 1), new("low", 1), new("high", 1)];

    /// <inheritdoc/>
    public override SolutionShapes Shapes(IReadOnlyList<Shape> parameters)
    {
        Solutions.Bounds.CheckShapes(parameters[0][1], parameters[2], parameters[3]);
        return base.Shapes(parameters);
    }

    private protected override (double[] Low, double[] High) Bounds(Problem problem) => (problem.Values[2], problem.Values[3]);
}

public static partial class Solve
{
    /// <summary>x minimising ½‖Ax − b‖² over low ≤ x ≤ high.</summary>
    public static Variable BoxLeastSquares(Variable a, Variable b, Variable low, Variable high) =>
        a.Builder.ApplyAll(new BoxLeastSquares(), a, b, low, high)[0];
}
