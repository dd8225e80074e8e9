using Nonsmooth.Dictionary;

namespace Nonsmooth.Solutions.Tests.Maps;

public sealed class FixedPointTests
{
    private static readonly Nonsmooth.Programs.Program _affine = Nonsmooth.Programs.Program.Trace(
        (w, b, x) => (w * x) + b, Shape.Scalar, Shape.Scalar, Shape.Scalar);

    [Theory]
    [InlineData(1.5)]
    [InlineData(-1.0)]
    [InlineData(1.0)]
    public void AnIterationThatDoesNotContractIsRefusedWithItsRatios(double slope)
    {
        var error = Assert.Throws<NotContractingException>(() => (new FixedPoint(_affine) { Strategy = new Neumann(5) }).Report(Scalars(slope, 1)));
        Assert.Equal(Math.Abs(slope), error.Certificate[^1], 6);
        Assert.True(error.Residual >= 1);
        Assert.Contains("does not contract", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(-0.9)]
    [InlineData(0.999)]
    public void AContractionIsFollowedToItsFixedPoint(double slope)
    {
        var report = new FixedPoint(_affine).Report(Scalars(slope, 1))[0];
        Assert.Equal(1 / (1 - slope), report.Solution.Values[0][0], 1e-9 / (1 - slope));
        var gradient = report.Derivative.Cotangent([[1]]);
        Assert.Equal(1 / (1 - slope), gradient[1][0], 1e-9 / (1 - slope));
        Assert.Equal(report.Solution.Values[0][0] / (1 - slope), gradient[0][0], 1e-6 / Math.Pow(1 - slope, 2));
    }

    // x = relu(x/2 + b) is 2b for positive b and 0 else: at 0 its derivative is 2 on the right and 0 on the left.
    [Fact]
    public void AtAKinkBothOneSidedDerivativesAreThoseOfTheFixedPoint()
    {
        var step = Nonsmooth.Programs.Program.Trace((b, x) => Functions.Relu((0.5 * x) + b), new Shape(2), new Shape(2));
        var report = new FixedPoint(step).Report([Tensor.Of(new Shape(2), [0.0, 1.0])])[0];
        Assert.Equal([0], report.WeaklyActive);
        Assert.Equal(Invertibility.Unknown, report.Invertibility);
        Assert.False(report.IsRegular);
        var (right, left) = report.OneSided([[1, 1]]);
        Assert.Equal([2, 2], right[0].Select(x => Math.Round(x, 9)));
        Assert.Equal([0, 2], left[0].Select(x => Math.Round(x, 9)));
    }

    [Fact]
    public void AStepThatMovesByTheUnknownItselfIsSingular()
    {
        // F = M·x − b with M singular: no unique root.
        var residual = Nonsmooth.Programs.Program.Trace(
            (b, x) => (x - x.Sum(true) * 0.5) - b, new Shape(2), new Shape(2));
        var map = new Implicit(residual, solver: _ => [1, 1]);
        var report = map.Report([Tensor.Of(new Shape(2), [0.0, 0.0])])[0];
        Assert.Equal(Invertibility.Fails, report.Invertibility);
        Assert.Equal(double.PositiveInfinity, report.Condition);
        Assert.Throws<SingularSolutionException>(() => report.Derivative.Cotangent([[1, 0]]));
        var krylov = (map with { Strategy = new Krylov() }).Report([Tensor.Of(new Shape(2), [0.0, 0.0])])[0];
        Assert.ThrowsAny<SolutionException>(() => krylov.Derivative.Cotangent([[1, 0]]));
    }

    [Fact]
    public void ASolverThatAnswersWronglyIsRefusedWithTheResidual()
    {
        var residual = Nonsmooth.Programs.Program.Trace((b, x) => (x * x) - b, Shape.Scalar, Shape.Scalar);
        var error = Assert.Throws<NotConvergedException>(() => new Implicit(residual, solver: _ => [1.5]).Report([Tensor.Of(Shape.Scalar, [2.0])]));
        Assert.Equal(0.25, error.Residual, 12);
        var right = new Implicit(residual, solver: p => [Math.Sqrt(p.Values[0][0])]).Report([Tensor.Of(Shape.Scalar, [2.0])])[0];
        Assert.Equal(0.5 / Math.Sqrt(2), right.Derivative.Tangent([[1]])[0][0], 12);
    }

    // x = b/(1 − w).
    [Fact]
    public void SecondDerivativesAreThoseOfTheFormulaAndProductsWithTheTransposeTheTangent()
    {
        var program = Nonsmooth.Programs.Program.Trace((w, b) => Solve.FixedPoint(_affine, w, b), Shape.Scalar, Shape.Scalar);
        var twice = program.Backprop("w").Only("grad.w").Backprop("w");
        Assert.Equal(16, ((Tensor<double>)Interpreter.Run<Float64>(twice, Array.ConvertAll<double, double[]>([0.5, 1], v => [v]))[1])[0], 9);

        // In the seed the gradient is linear: its derivative is the tangent.
        var seeded = program.Forprop(new ForpropOptions { KeepValues = false });
        var back = seeded.Backprop(new BackpropOptions { WithRespectTo = ["tangent.b"], KeepValues = false });
        Assert.Equal(2, ((Tensor<double>)Interpreter.Run<Float64>(back, Array.ConvertAll<double, double[]>([0.5, 1, 1, 1], v => [v]))[0])[0], 9);
    }

    // At b = 0 the iteration stands still at 0 from the start, though nearby it would leave.
    [Theory]
    [InlineData(1.5)]
    [InlineData(-1.5)]
    [InlineData(1.01)]
    public void ASeriesWhoseTermsGrowIsRefused(double slope)
    {
        var step = Nonsmooth.Programs.Program.Trace((w, b, x) => Functions.Tanh((w * x) + b), Shape.Scalar, Shape.Scalar, Shape.Scalar);
        var map = new FixedPoint(step) { Strategy = new Neumann(200) };
        var error = Assert.Throws<NotContractingException>(() => map.Report(Scalars(slope, 0))[0].Derivative.Cotangent([[1]]));
        Assert.Equal(Math.Abs(slope), error.Certificate[^1], 6);
        Assert.Contains("Neumann", error.Message, StringComparison.Ordinal);
        Assert.Throws<NotContractingException>(() => map.Report(Scalars(slope, 0))[0].Derivative.Tangent([[0], [1]]));
        Assert.Equal(1 / (1 - slope), (map with { Strategy = Strategy.Dense }).Report(Scalars(slope, 0))[0].Derivative.Cotangent([[1]])[1][0], 9);
    }

    [Fact]
    public void StrategiesOfNoTermsAreRefused()
    {
        Assert.Contains("0 terms", Assert.Throws<OutOfRangeException>(() => new Neumann(0)).Message, StringComparison.Ordinal);
        Assert.Contains("-1 steps", Assert.Throws<OutOfRangeException>(() => new Unrolled(-1)).Message, StringComparison.Ordinal);
        Assert.Throws<OutOfRangeException>(() => new Neumann(1) with { Terms = 0 });
    }

    [Theory]
    [InlineData(1e-16)]
    [InlineData(1e16)]
    public void TheToleranceIsRelativeToTheFixedPoint(double b) =>
        Assert.Equal(2, new FixedPoint(_affine).Report(Scalars(0.5, b))[0].Solution.Values[0][0] / b, 1e-12);

    // relu(x/2 + b) has a kink at b = 0, and floor(b) a jump.
    [Fact]
    public void AtAJumpThereAreNoOneSidedDerivatives()
    {
        var step = Nonsmooth.Programs.Program.Trace(
            (b, x) => Functions.Relu((0.5 * x) + b) + (0.25 * Functions.Floor(b)), Shape.Scalar, Shape.Scalar);
        var report = new FixedPoint(step).Report(Scalars(0))[0];
        Assert.Equal([0], report.WeaklyActive);
        Assert.Contains("floor", Assert.Throws<SolutionException>(() => report.OneSided([[1]])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ARootTakesNoStrategyOfIterations() =>
        Assert.Contains("fixedpoint", Assert.Throws<NonsmoothException>(() => new Implicit(_affine) { Strategy = Strategy.OneStep }).Message, StringComparison.OrdinalIgnoreCase);

    private static Tensor<double>[] Scalars(params double[] values) => [.. values.Select(v => Tensor.Of(Shape.Scalar, new[] { v }))];

    // A contraction by 0.995, whose plain iteration takes thousands of steps.
    [Fact]
    public void AndersonsMixingSparesMostSteps()
    {
        var step = Nonsmooth.Programs.Program.Trace(
            (w, x) => (0.995 * Functions.MatMul(w, x.Reshape(new Shape(6, 1))).Reshape(new Shape(6))) + 1, new Shape(6, 6), new Shape(6));
        double[] cycle = [.. Enumerable.Range(0, 36).Select(e => (e / 6 + 1) % 6 == e % 6 ? 0.5 : (e / 6 + 5) % 6 == e % 6 ? 0.5 : 0.0)];
        cycle[1] = 0.4;
        Tensor<double>[] at = [Tensor.Of(new Shape(6, 6), cycle)];
        var plain = new FixedPoint(step).Report(at)[0].Solution;
        var mixed = new FixedPoint(step) { Memory = 6 }.Report(at)[0].Solution;
        Assert.True(mixed.Iterations < plain.Iterations / 20, $"{mixed.Iterations} of {plain.Iterations}");
        Assert.All(mixed.Values[0].Zip(plain.Values[0]), p => Assert.Equal(p.Second, p.First, 1e-9 * Math.Abs(p.Second)));
    }

    // x = x² + a has two, of which the upper one does not contract: Newton's method finds it from near.
    [Theory]
    [InlineData(0.0, 0.2763932022500210)]
    [InlineData(0.9, 0.7236067977499790)]
    public void TheStartTellsWhichOfSeveralIsFound(double start, double expected)
    {
        var step = Nonsmooth.Programs.Program.Trace((a, x) => (x * x) + a, Shape.Scalar, Shape.Scalar);
        var map = new FixedPoint(step) { Start = [start], Most = 60 };
        Assert.Equal(expected, map.Report([Tensor.Of(Shape.Scalar, [0.2])])[0].Solution.Values[0][0], 1e-12);
        Assert.Equal(expected, new Implicit(Nonsmooth.Programs.Program.Trace((a, x) => (x * x) + a - x, Shape.Scalar, Shape.Scalar)) { Start = [start] }
            .Report([Tensor.Of(Shape.Scalar, [0.2])])[0].Solution.Values[0][0], 1e-12);
        var error = Assert.Throws<ShapeException>(() => (map with { Start = [0, 0] }).Report([Tensor.Of(Shape.Scalar, [0.2])]));
        Assert.Contains("Start has 2 numbers", error.Message, StringComparison.Ordinal);
    }
}
