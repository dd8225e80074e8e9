namespace Nonsmooth.Solutions.Tests.Regressions;

/// <summary>Badly scaled data: what is active, and the derivative, do not depend on units.</summary>
public sealed class ScaleTests
{
    [Theory]
    [InlineData(1e5)]
    [InlineData(1e6)]
    [InlineData(1e-3)]
    public void SupportVectorsScaleWithTheRows(double factor)
    {
        var problem = Samples.Classes(new CounterRandom(3), 12, 3);
        var scaled = problem.ToArray();
        scaled[0] = Tensor.Generate(problem[0].Shape, i => factor * problem[0][i]);
        scaled[3] = Tensor.Of(Shape.Scalar, [problem[3][0] / (factor * factor)]);
        Same(problem, scaled, factor);
    }

    [Theory]
    [InlineData(1e5)]
    [InlineData(1e6)]
    public void NoRowIsWeaklyActiveForLongRows(double factor)
    {
        var x = Tensor.Of(new Shape(4, 1), [2.0, 3, -1, -4]);
        Tensor<double>[] problem = [x, Tensor.Of(new Shape(4), [1.0, 1, -1, -1]), Tensor.Of(new Shape(4), [1.0, 1, 1, 1]), Tensor.Of(Shape.Scalar, [1.0])];
        Tensor<double>[] scaled = [Tensor.Generate(x.Shape, i => factor * x[i]), .. problem[1..]];
        Same(problem, scaled, factor);
    }

    // An unknown at its bound with a small column, and one that is off it.
    [Fact]
    public void AShortColumnIsNotWeaklyActiveForThat()
    {
        var report = new NonNegativeLeastSquares().Report(
            [Tensor.Of(new Shape(2, 2), [1.0, 0, 0, 1e-5]), Tensor.Of(new Shape(2), [1.0, 1e-5])])[0];
        Assert.Empty(report.WeaklyActive);
        Assert.Equal(1, report.Solution.Values[0][1], 6);
        Assert.Equal(1e5, report.Derivative.Tangent([new double[4], [0, 1]])[0][1], 1e-3);
    }

    private static void Same(IReadOnlyList<Tensor<double>> problem, IReadOnlyList<Tensor<double>> scaled, double factor)
    {
        var (near, far) = (new SupportVectors().Report(problem)[0], new SupportVectors().Report(scaled)[0]);
        Assert.Empty(near.WeaklyActive);
        Assert.Empty(far.WeaklyActive);
        Assert.Equal(near.Active, far.Active);
        Assert.Equal(near.Solution.Values[0][0], far.Solution.Values[0][0] * factor, 1e-8);
        double[] alpha = new double[near.Solution.Values[2].Length];
        var (first, second) = (near.Derivative.Cotangent([.. Ones(near), [0], alpha])[0], far.Derivative.Cotangent([.. Ones(far), [0], alpha])[0]);
        Projections.ValueTests.Close(first, [.. second.Select(v => v * factor * factor)], 1e-7);

        static double[][] Ones(SolutionReport report) => [[.. report.Solution.Values[0].Select(_ => 1.0)]];
    }
}
