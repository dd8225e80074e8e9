using Nonsmooth.Dictionary;

namespace Nonsmooth.Solutions.Tests.Maps;

/// <summary>Badly scaled data: what is active, and the derivative, do not depend on units.</summary>
public sealed class ScaleTests
{
    private static readonly Shape _square = new(2, 2);

    [Fact]
    public void AZeroOfLeastSquaresWithoutAPenaltyMoves()
    {
        var report = new ElasticNet().Report([Matrix(1, 0, 0, 1), Vector(1, 0), Scalar(0), Scalar(0)])[0];
        Assert.Equal(1, report.Derivative.Tangent([new double[4], [0, 1], [0], [0]])[0][1], 12);
        Assert.Equal([1], report.WeaklyActive);
        Assert.Equal(1, report.OneSided([new double[4], [0, 1], [0], [0]]).Left[0][1], 12);
        Assert.Throws<SolutionException>(() => report.OneSided([new double[4], [0, 0], [1], [0]]));
    }

    [Fact]
    public void ARidgeAtZeroHasAGradient()
    {
        var report = new ElasticNet().Report([Matrix(1, 0, 0, 1), Vector(0, 0), Scalar(0), Scalar(1)])[0];
        Assert.Equal(0.5, report.Derivative.Cotangent([[1, 1]])[1][0], 12);
        Assert.False(report.IsRegular);
    }

    [Fact]
    public void AShortColumnIsNotWeaklyActiveForThat()
    {
        var report = new ElasticNet().Report([Matrix(1, 0, 0, 1e-5), Vector(1, 0.10001), Scalar(1e-6), Scalar(0)])[0];
        Assert.Equal(1, report.Solution.Values[0][1], 4);
        Assert.Empty(report.WeaklyActive);
        Assert.Equal(1e5, report.Derivative.Tangent([new double[4], [0, 1], [0], [0]])[0][1], 1e-4);
    }

    [Fact]
    public void ASmallProgramIsNotWeaklyActiveForThat()
    {
        var report = Program([1], [-2e-10], [1], [1e-10]);
        Assert.Empty(report.WeaklyActive);
        Assert.Equal(1, report.Derivative.Tangent([[0], [0], [0], [1], [], []])[0][0], 12);
    }

    [Theory]
    [InlineData(1e7, 1)]
    [InlineData(1, 1e-7)]
    [InlineData(1e-7, 1)]
    [InlineData(1, 1e7)]
    public void UnitsOfRowsAndObjectiveAreNotSingular(double objective, double row)
    {
        var report = Program([objective, 0, 0, objective], [-3 * objective, -objective], [row, 0], [row]);
        Assert.Equal(Invertibility.AllElements, report.Invertibility);
        var gradient = report.Derivative.Cotangent([[1, 1], [0], []]);
        Assert.Equal(1, gradient[3][0] * row, 12);
        Assert.Equal(-1, gradient[1][1] * objective, 12);
    }

    [Fact]
    public void DependentRowsAreSingularInAnyUnits() =>
        Assert.NotEqual(Invertibility.AllElements, Program([1, 0, 0, 1], [-3, -1], [1, 0, 1e7, 0], [1, 1e7]).Invertibility);

    [Fact]
    public void AFarBoundDoesNotLoosenTheOthers()
    {
        var report = Program([0], [-1], [1, -1, 1], [1, 0, 1e12]);
        Assert.Equal(1, report.Solution.Values[0][0], 1e-9);
        Assert.Equal(1, report.Derivative.Tangent([[0], [0], new double[3], [1, 0, 0], [], []])[0][0], 12);
    }

    // Of 1e-9·(x³ − θ) every residual is small, a wrong root's too.
    [Fact]
    public void ASmallResidualDoesNotExcuseAWrongRoot()
    {
        var residual = Nonsmooth.Programs.Program.Trace(
            (b, x) => 1e-9 * ((x * x * x) - b), Shape.Scalar, Shape.Scalar);
        Assert.Throws<NotConvergedException>(() => new Implicit(residual, "x", _ => [2.5]).Report([Scalar(8)]));
        Assert.Equal(2, new Implicit(residual, "x", _ => [2]).Report([Scalar(8)])[0].Solution.Values[0][0]);
    }

    private static SolutionReport Program(double[] quadratic, double[] linear, double[] g, double[] h)
    {
        int n = linear.Length;
        return new QuadraticProgram().Report(
        [
            Tensor.Of(new Shape(n, n), quadratic), Vector(linear), Tensor.Of(new Shape(h.Length, n), g), Vector(h),
            new Tensor<double>(new Shape(0, n)), new Tensor<double>(new Shape(0)),
        ])[0];
    }

    private static Tensor<double> Matrix(params double[] entries) => Tensor.Of(_square, entries);

    private static Tensor<double> Vector(params double[] entries) => Tensor.Of(new Shape(entries.Length), entries);

    private static Tensor<double> Scalar(double number) => Tensor.Of(Shape.Scalar, new[] { number });
}
