using Nonsmooth.Dictionary;

namespace Nonsmooth.Solutions.Tests.Errors;

public sealed class BadMapTests
{
    [Fact]
    public void SetsOfNegativeSizeHaveNoPoint()
    {
        foreach (var map in (SolutionMap[])[new Simplex(), new L1Ball(), new L2Ball()])
        {
            var error = Assert.Throws<InfeasibleProblemException>(() => map.Report([Vector(1, 2), Scalar(-0.5)]));
            Assert.Contains($"{map.Parameters[1].Name} is -0.5", error.Message, StringComparison.Ordinal);
            Assert.Equal(0.5, error.Residual);
        }

        Assert.Contains("element 1", Assert.Throws<InfeasibleProblemException>(() =>
            new Box().Report([Vector(1, 2), Vector(0, 3), Vector(1, 2)])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ASimplexThatIsAPointHasNoDerivativeInItsSize()
    {
        var report = new Simplex().Report([Vector(1, 2, 0), Scalar(0)])[0];
        Assert.Equal([0, 0, 0], report.Solution.Values[0]);
        Assert.Equal([1], report.WeaklyActive);
        Assert.Throws<InfeasibleProblemException>(() => report.OneSided([[0, 0, 0], [1]]));
        Assert.Equal([0, 1, 0], report.Derivative.Directional([[1, 0, 3], [1]])[0]);
        var active = new Simplex().Report([Vector(1, 2, 0), Scalar(0)], Selections.Selection.Default with { WeaklyActive = Selections.ActivityRule.Active })[0];
        Assert.Equal(Invertibility.Fails, active.Invertibility);
        Assert.Throws<SingularSolutionException>(() => active.Derivative.Cotangent([[1, 1, 1]]));
    }

    [Fact]
    public void AMatrixThatIsNotSymmetricIsRefused()
    {
        var error = Assert.Throws<NotSymmetricException>(() => new SemidefiniteCone().Report([Tensor.Of(new Shape(2, 2), [1, 2, 2.5, 1])]));
        Assert.Equal(0.5, error.Residual, 1e-15);
        Assert.Contains("2.5", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2.5)]
    [InlineData(-1)]
    public void EntmaxIsForAlphaAboveOneAndAtMostTwo(double alpha) =>
        Assert.Contains($"alpha is {alpha}", Assert.Throws<OutOfRangeException>(() => new Entmax().Report([Vector(1, 2), Scalar(alpha)])).Message, StringComparison.Ordinal);

    [Fact]
    public void PenaltiesAndWeightsAreNotNegative()
    {
        Assert.Equal(-1, Assert.Throws<NotConvexException>(() => new TotalVariation().Report([Vector(1, 2), Scalar(-1)])).Residual);
        Assert.Contains("element 1", Assert.Throws<OutOfRangeException>(() => new Isotonic().Report([Vector(1, 2), Vector(1, 0)])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TransportNeedsOneMassThatIsPositive()
    {
        var map = new EntropicTransport();
        var cost = Tensor.Of(new Shape(2, 2), [0.0, 1, 1, 0]);
        var error = Assert.Throws<InfeasibleProblemException>(() => map.Report([cost, Vector(0.5, 0.5), Vector(0.5, 0.6), Scalar(0.1)]));
        Assert.Equal(0.1, error.Residual, 1e-12);
        Assert.Contains("b is 0 at element 1", Assert.Throws<OutOfRangeException>(() =>
            map.Report([cost, Vector(0.5, 0.5), Vector(1, 0), Scalar(0.1)])).Message, StringComparison.Ordinal);
        Assert.Contains("epsilon is 0", Assert.Throws<OutOfRangeException>(() =>
            map.Report([cost, Vector(0.5, 0.5), Vector(0.5, 0.5), Scalar(0)])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ABracketWithoutAChangeOfSignHasNoRoot()
    {
        var residual = Program.Trace((a, x) => (x * x) + a, Shape.Scalar, Shape.Scalar);
        var error = Assert.Throws<InfeasibleProblemException>(() => Bracketing.Between(residual, 0, 2).Report([Scalar(1)]));
        Assert.Equal([1, 5], error.Certificate);
        Assert.Equal(Math.Sqrt(2), Bracketing.Between(residual, 0, 2).Report([Scalar(-2)])[0].Solution.Values[0][0], 1e-15);
        Assert.Equal(2, Bracketing.Between(residual, 0, 2).Report([Scalar(-4)])[0].Solution.Values[0][0]);
        Assert.Throws<OutOfRangeException>(() => Bracketing.Between(residual, 2, 0));
    }

    [Fact]
    public void ClassifiersNeedBothClassesAndPositivePenalties()
    {
        var x = Tensor.Of(new Shape(2, 1), [0.0, 1]);
        Assert.Throws<OutOfRangeException>(() => new SupportVectors().Report([x, Vector(1, 1), Vector(1, 1), Scalar(1)]));
        Assert.Contains("C is 0", Assert.Throws<OutOfRangeException>(() =>
            new SupportVectors().Report([x, Vector(1, -1), Vector(1, 1), Scalar(0)])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnInterceptThatIsNotUniqueIsReported()
    {
        // Both rows at their bound: every intercept between their margins is as good.
        var report = new SupportVectors().Report([Tensor.Of(new Shape(2, 1), [0.1, -0.1]), Vector(1, -1), Vector(1, 1), Scalar(1)])[0];
        Assert.Equal([0.2], report.Solution.Values[0], (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.NotEqual(Invertibility.AllElements, report.Invertibility);
        Assert.False(report.IsRegular);
    }

    [Fact]
    public void GroupsArePenalisedAndNumberedWithoutGaps()
    {
        var x = Tensor.Of(new Shape(2, 2), [1.0, 0, 0, 1]);
        Assert.Throws<NotConvexException>(() => new SparseGroupLasso([0, 1]).Report([x, Vector(1, 1), Scalar(-1), Scalar(1)]));
        Assert.Throws<OutOfRangeException>(() => new SparseGroupLasso([0, 1]).Report([x, Vector(1, 1), Scalar(1), Scalar(0)]));
        Assert.Throws<ShapeException>(() => new SparseGroupLasso([0, 2]).Report([x, Vector(1, 1), Scalar(1), Scalar(1)]));
    }

    [Fact]
    public void DependentColumnsOfARegressionHaveNoDerivative()
    {
        var a = Tensor.Of(new Shape(3, 2), [1.0, 1, 2, 2, 1, 1]);
        var report = new NonNegativeLeastSquares().Report([a, Vector(1, 2, 2)])[0];
        Assert.NotEqual(Invertibility.AllElements, report.Invertibility);
        Assert.False(report.IsRegular);
    }

    [Fact]
    public void ABatchNamesTheProblem()
    {
        var program = Program.Trace(Solve.Simplex, new Shape(2, 3), new Shape(2));
        var error = Assert.Throws<InfeasibleProblemException>(() => Interpreter.Run<Float64>(program, new double[6], new[] { 1.0, -1 }));
        Assert.StartsWith("simplex_projection: problem 1 of 2: s is -1", error.Message, StringComparison.Ordinal);
    }

    private static Tensor<double> Vector(params double[] numbers) => Tensor.Of(new Shape(numbers.Length), numbers);

    private static Tensor<double> Scalar(double number) => Tensor.Of(Shape.Scalar, new[] { number });
}
