using Nonsmooth.Dictionary;

namespace Nonsmooth.Solutions.Tests.Maps;

/// <summary>Problems as users state them: infinite bounds and masks, columns of zeros, equations that an iteration from 0 does not solve, double roots.</summary>
public class StatedProblemTests
{
    private const double _infinite = double.PositiveInfinity;

    [Fact]
    public void BoundsOfABoxMayBeInfinite()
    {
        var report = new Box().Report([Of([1, -5, 3, 2]), Of([-_infinite, -1, -_infinite, -_infinite]), Of([_infinite, _infinite, 2, _infinite])])[0];
        Assert.Equal([1, -1, 2, 2], report.Solution.Values[0]);
        Assert.Equal([1, 2], report.Active);
        Assert.Empty(report.WeaklyActive);
        var gradient = report.Derivative.Cotangent([[1, 1, 1, 1]]);
        Assert.Equal([1, 0, 0, 1], gradient[0]);
        Assert.Equal([0, 1, 0, 0], gradient[1]);
        Assert.Equal([0, 0, 1, 0], gradient[2]);
        Assert.True(report.Bound([[1, 1, 1, 1]]).Bound >= 0);
    }

    [Theory]
    [InlineData(double.NegativeInfinity)]
    [InlineData(-1e30)]
    [InlineData(-1e300)]
    public void MasksOfSparsemaxAndEntmaxHaveTheWeightZero(double mask)
    {
        var sparse = new Simplex().Report([Of([1, mask, 0.9]), Number(1)])[0];
        Near([0.55, 0, 0.45], sparse.Solution.Values[0], 1e-12);
        Near([0.5, 0, -0.5], sparse.Derivative.Cotangent([[1, 7, 0]])[0], 1e-12);
        var without = new Entmax().Report([Of([1, 0.9]), Number(1.5)])[0];
        var masked = new Entmax().Report([Of([1, mask, 0.9]), Number(1.5)])[0];
        Near([without.Solution.Values[0][0], 0, without.Solution.Values[0][1]], masked.Solution.Values[0], 1e-12);
        var (g, h) = (without.Derivative.Cotangent([[1, 0]]), masked.Derivative.Cotangent([[1, 7, 0]]));
        Near([g[0][0], 0, g[0][1]], h[0], 1e-12);
        Near(g[1], h[1], 1e-12);
    }

    [Fact]
    public void AMaskOfAllIsRefused()
    {
        Assert.Contains("every element", Assert.Throws<OutOfRangeException>(() => new Simplex().Report([Of([-_infinite, -_infinite]), Number(1)])).Message, StringComparison.Ordinal);
        Assert.Contains("+∞", Assert.Throws<OutOfRangeException>(() => new Entmax().Report([Of([_infinite, 0]), Number(1.5)])).Message, StringComparison.Ordinal);
        Assert.Throws<NotFiniteProblemException>(() => new Simplex().Report([Of([double.NaN, 0]), Number(1)]));
    }

    // A column of zeros says nothing: its unknown is 0, and the others have their derivative.
    [Fact]
    public void AColumnOfZerosHasTheCoefficientZero()
    {
        Tensor<double> a = Tensor.Of(new Shape(3, 2), new double[] { 1, 0, 2, 0, 3, 0 });
        var report = new NonNegativeLeastSquares().Report([a, Of([1, 2, 2])])[0];
        Near([11.0 / 14, 0], report.Solution.Values[0], 1e-10);
        Assert.Equal([1], report.WeaklyActive);
        Near([1.0 / 14, 2.0 / 14, 3.0 / 14], report.Derivative.Cotangent([[1, 1]])[1], 1e-12);
    }

    [Fact]
    public void ARootMayHaveLargeTerms()
    {
        var report = Root((t, x) => Functions.Exp(x) - t).Report([Number(1e8)])[0];
        Assert.Equal(Math.Log(1e8), report.Solution.Values[0][0], 1e-12);
        Assert.Equal(1e-8, report.Derivative.Cotangent([[1]])[0][0], 1e-14);
    }

    [Fact]
    public void TheStartDecidesWhichRootIsFound()
    {
        var square = Root((t, x) => (x * x) - t);
        Assert.Equal(Math.Sqrt(2), square.Report([Number(2)])[0].Solution.Values[0][0], 1e-12);
        Assert.Equal(-Math.Sqrt(2), (square with { Start = [-1] }).Report([Number(2)])[0].Solution.Values[0][0], 1e-12);
        Assert.Contains("Start has 2 numbers", Assert.Throws<ShapeException>(() => (square with { Start = [1, 2] }).Report([Number(2)])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-2, 3, 1)]
    [InlineData(-1, 3, 1.5)]
    [InlineData(2, 3, -3)]
    public void AFixedPointMayRepel(double slope, double shift, double expected)
    {
        var map = new FixedPoint(Program.Trace((a, t, x) => (a * x) + t, Shape.Scalar, Shape.Scalar, Shape.Scalar));
        var report = map.Report([Number(slope), Number(shift)])[0];
        Assert.Equal(expected, report.Solution.Values[0][0], 1e-12);
        Assert.Equal(1 / (1 - slope), report.Derivative.Cotangent([[1]])[1][0], 1e-12);
    }

    // Of x² − 2tx + t and cos x − t at t = 1 rounding decides the slope; of x² − t at 1e-8 it does not.
    [Fact]
    public void ADoubleRootHasNoDerivative()
    {
        foreach (var map in (Implicit[])[Root((t, x) => (x * x) - (2.0 * t * x) + t), Root((t, x) => Functions.Cos(x) - t) with { Start = [1] }])
        {
            SolutionReport report;
            try
            {
                report = map.Report([Number(1)])[0];
            }
            catch (SolutionException)
            {
                continue;
            }

            Assert.Equal(Invertibility.Fails, report.Invertibility);
            Assert.Throws<SingularSolutionException>(() => report.Derivative.Cotangent([[1]]));
        }

        var simple = (Root((t, x) => (x * x) - t) with { Start = [1], Tolerance = 1e-14 }).Report([Number(1e-8)])[0];
        Assert.Equal(Invertibility.AllElements, simple.Invertibility);
        Assert.Equal(5000, simple.Derivative.Cotangent([[1]])[0][0], 1e-4);
    }

    private static Implicit Root(Func<Variable, Variable, Variable> residual) => new(Program.Trace(residual, Shape.Scalar, Shape.Scalar));

    private static Tensor<double> Of(double[] values) => Tensor.Of(new Shape(values.Length), values);

    private static Tensor<double> Number(double value) => Tensor.Of(Shape.Scalar, new[] { value });

    private static void Near(double[] expected, double[] actual, double tolerance) => Assert.All(expected.Zip(actual), p => Assert.Equal(p.First, p.Second, tolerance));
}
