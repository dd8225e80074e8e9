namespace Nonsmooth.Solutions.Tests.Maps;

/// <summary>Quadratic programs whose rows are dependent or nearly, have no bound, or stand in other units: as users state them.</summary>
public class DependentRowsTests
{
    // min ½|z|² − qᵀz over z₁ + z₂ = 2, the row written again: dz/dq projects on the line.
    [Theory]
    [InlineData(new[] { 1.0, 1, 1, 1 }, new[] { 2.0, 2 })]
    [InlineData(new[] { 1.0, 1, -3, -3 }, new[] { 2.0, -6 })]
    [InlineData(new[] { 1.0, 1, 1, 1, 1, 1 }, new[] { 2.0, 2, 2 })]
    [InlineData(new[] { 1.0, 1, 0, 0 }, new[] { 2.0, 0 })]
    public void EqualitiesMayBeWrittenAgain(double[] rows, double[] sides)
    {
        int p = sides.Length;
        var report = Report([1, 0, 0, 1], [-1, -0.25], [], [], rows, sides);
        Near([1.375, 0.625], report.Solution.Values[0]);
        Near([-0.5, 0.5], report.Derivative.Cotangent([[1, 0], [], new double[p]])[1]);
        Assert.False(report.HasUniqueMultipliers);
        Assert.False(report.IsRegular);
    }

    [Fact]
    public void InequalitiesMayBeWrittenAgain()
    {
        var report = Report([1, 0, 0, 1], [-2, -2], [1, 1, 1, 1, 2, 2], [2, 2, 4], [], []);
        Near([1, 1], report.Solution.Values[0]);
        Near([-0.5, 0.5], report.Derivative.Cotangent([[1, 0], new double[3], []])[1]);
    }

    [Fact]
    public void NearlyDependentRowsAreSolved() =>
        Near([1, 1], Report([1, 0, 0, 1], [0, 0], [], [], [1, 1, 1, 1 + 1e-9], [2, 2 + 1e-9]).Solution.Values[0], 1e-6);

    // The nearest doubly stochastic matrix: ten equalities of rank nine.
    [Fact]
    public void TheProjectionOnBirkhoffsPolytopeHasADerivative()
    {
        const int n = 5;
        var random = new CounterRandom(3);
        double[] y = [.. Enumerable.Range(0, n * n).Select(i => 0.6 * random.Normal((ulong)i))];
        double[] Rows() => [.. Enumerable.Range(0, 2 * n).SelectMany(r => Enumerable.Range(0, n * n).Select(e => r < n ? (e / n == r ? 1.0 : 0) : e % n == r - n ? 1 : 0))];
        double[] Negative() => [.. Enumerable.Range(0, n * n).SelectMany(r => Enumerable.Range(0, n * n).Select(e => e == r ? -1.0 : 0))];
        double[] Identity() => [.. Negative().Select(v => -v)];
        double[] ones = [.. Enumerable.Repeat(1.0, 2 * n)];
        SolutionReport At(double[] target) => Report(Identity(), [.. target.Select(v => -v)], Negative(), new double[n * n], Rows(), ones);
        var report = At(y);
        double[] u = [.. Enumerable.Range(0, n * n).Select(i => Math.Sin(i + 1.0))];
        double[] gradient = [.. report.Derivative.Cotangent([u, new double[n * n], new double[2 * n]])[1].Select(g => -g)];
        for (int i = 0; i < n * n; i += 3)
        {
            double Value(double step) => At([.. y.Select((v, j) => j == i ? v + step : v)]).Solution.Values[0].Zip(u, (a, b) => a * b).Sum();
            Assert.Equal((Value(1e-5) - Value(-1e-5)) / 2e-5, gradient[i], 1e-6);
        }

        Assert.All(Enumerable.Range(0, n), r => Assert.Equal(1, report.Solution.Values[0][(r * n)..((r + 1) * n)].Sum(), 1e-10));
    }

    [Fact]
    public void AnInequalityWithoutABoundIsNone()
    {
        double infinite = double.PositiveInfinity;
        var report = Report([1, 0, 0, 2], [-1, -1], [1, 0, 0, 1, 1, 1], [infinite, 0.25, infinite], [], []);
        Near([1, 0.25], report.Solution.Values[0]);
        Assert.Equal([1], report.Active);
        Near([-1, 0], report.Derivative.Cotangent([[1, 1], new double[3], []])[1]);
        Assert.True(report.IsRegular);
        Assert.Contains("−∞", Assert.Throws<InfeasibleProblemException>(() => Report([1, 0, 0, 2], [-1, -1], [1, 0], [-infinite], [], [])).Message, StringComparison.Ordinal);
    }

    // ½x² − x + Ms over x ≤ ½ + s, s ≥ 0: dx/dq = 0 and dx/dh = 1 for any large M, in any unit of s.
    [Theory]
    [InlineData(1e9, 1)]
    [InlineData(1e10, 1)]
    [InlineData(1e9, 1e9)]
    [InlineData(1e9, 1e-9)]
    [InlineData(1e4, 1e6)]
    public void LargePenaltiesAndUnitsDoNotMatter(double penalty, double unit)
    {
        var report = Report([1, 0, 0, 0], [-1, penalty * unit], [1, -unit, 0, -unit], [0.5, 0], [], []);
        Assert.Equal(0.5, report.Solution.Values[0][0], 1e-9);
        var gradient = report.Derivative.Cotangent([[1, 0], [0, 0], []]);
        Assert.Equal(0, gradient[1][0], 1e-9);
        Assert.Equal(1, gradient[3][0], 1e-9);
        Assert.Empty(report.WeaklyActive);
    }

    private static SolutionReport Report(double[] quadratic, double[] linear, double[] g, double[] h, double[] a, double[] b)
    {
        int n = linear.Length;
        return new QuadraticProgram().Report(
            [Of(quadratic, n, n), Of(linear, n), Of(g, h.Length, n), Of(h, h.Length), Of(a, b.Length, n), Of(b, b.Length)])[0];
    }

    private static Tensor<double> Of(double[] values, params int[] shape) => Tensor.Of(new Shape(shape), values);

    private static void Near(double[] expected, double[] actual, double tolerance = 1e-9)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }
}
