using Nonsmooth.Programs;

namespace Nonsmooth.Solutions;

/// <summary>Non-negative least squares: x minimising ½‖Ax − b‖² over x ≥ 0.</summary>
/// <remarks>Parameters A (m × n) and b (m). As <see cref="BoundedRegression"/> says, with lower bounds 0 and no upper ones.</remarks>
public sealed record NonNegativeLeastSquares : BoundedRegression
{
    /// <inheritdoc/>
    public override string Name => "nonnegative_least_squares";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [new("A", 2), new("b", 1)];

    private protected override (double[] Low, double[] High) Bounds(Problem problem)
    {
        int n = problem.Shapes[0][1];
        return (new double[n], [.. Enumerable.Repeat(double.PositiveInfinity, n)]);
    }
}

public static partial class Solve
{
    /// <summary>x ≥ 0 minimising ½‖Ax − b‖².</summary>
    public static Variable NonNegativeLeastSquares(Variable a, Variable b) => a.Builder.ApplyAll(new NonNegativeLeastSquares(), a, b)[0];
}
